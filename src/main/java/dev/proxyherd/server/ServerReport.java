package dev.proxyherd.server;

import dev.proxyherd.link.inquiry.Inquiries;
import dev.proxyherd.protocol.Location;
import dev.proxyherd.status.ReloadJson;
import dev.proxyherd.status.ServerStatus;
import dev.proxyherd.status.StatusJson;
import dev.proxyherd.status.TopologyStatus;
import dev.proxyherd.store.Expiry;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** Tells how a server is, to its own process and to whoever asks over the wire. Safe for any number of threads. */
final class ServerReport implements Inquiries {
    private final ServerParts parts;
    private final long startedMillis;

    ServerReport(ServerParts parts) {
        this.parts = parts;
        this.startedMillis = parts.config.context().clock().millis();
    }

    /** How the server is; locations of a client time before the cutoff are left out of the digest. */
    ServerStatus serverStatus(long cutoffNanos) {
        long digest = cutoffNanos == 0 ? parts.store.digest() : parts.store.digestSince(cutoffNanos);
        return new ServerStatus(parts.config.name().toString(), startedMillis,
                Expiry.nanos(parts.config.context().clock().instant()), parts.store.size(),
                HexFormat.of().toHexDigits(digest), parts.expiry.cutoffNanos(), parts.acceptor.connections(),
                parts.links.status(), parts.journal == null ? null : parts.journal.status(),
                new TopologyStatus(parts.config.node().herd(), parts.reloads.last()));
    }

    @Override
    public String status(long cutoffNanos) {
        return StatusJson.write(serverStatus(cutoffNanos));
    }

    @Override
    public String reload(boolean dry) {
        return ReloadJson.write(parts.config.context().reloads().reload(parts.config.name().toString(), dry));
    }

    @Override
    public @Nullable Location trace(String client) {
        return parts.view.find(client);
    }
}
