package dev.proxyherd.server;

import dev.proxyherd.link.inquiry.Inquiries;
import dev.proxyherd.protocol.Location;
import dev.proxyherd.status.ServerStatus;
import dev.proxyherd.status.StatusJson;
import dev.proxyherd.store.ClientPattern;
import dev.proxyherd.store.Expiry;
import dev.proxyherd.store.LocationStore;
import java.io.IOException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** Tells how a server is, to its own process and to whoever asks over the wire, and forgets. Safe for any number of threads. */
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
                Expiry.nanos(parts.config.context().clock().instant()), parts.store.size(), parts.store.forgotten(),
                HexFormat.of().toHexDigits(digest), parts.expiry.cutoffNanos(), parts.acceptor.connections(),
                parts.links.status(), parts.journal == null ? null : parts.journal.status());
    }

    @Override
    public String status(long cutoffNanos) {
        return StatusJson.write(serverStatus(cutoffNanos));
    }

    @Override
    public @Nullable Location trace(String client) throws NotYetException {
        Location location = parts.view.record(client);
        requireReplayed();
        return location;
    }

    @Override
    public void clients(String pattern, IdSink to) throws IOException {
        ClientPattern wanted = new ClientPattern(pattern);
        for (int bucket = 0; bucket < LocationStore.BUCKETS; bucket++) {
            for (Location location : parts.store.bucket(bucket)) {
                if (!location.isGone() && wanted.matches(location.client())) {
                    to.take(location.client());
                }
            }
        }
    }

    @Override
    public Location forget(String client, long notBeforeNanos) throws NotYetException {
        requireReplayed();
        return parts.forgetter.forget(client, notBeforeNanos);
    }

    /** What is yet to be replayed may be newer than what is known, and must not survive what is forgotten now. */
    private void requireReplayed() throws NotYetException {
        if (!parts.view.isReady()) {
            throw new NotYetException("it still reads its journal");
        }
    }
}
