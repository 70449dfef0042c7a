package dev.proxyherd.server;

import dev.proxyherd.link.inquiry.Inquiries;
import dev.proxyherd.protocol.Location;
import dev.proxyherd.status.LinkStatus;
import dev.proxyherd.status.RoomStatus;
import dev.proxyherd.status.ServerStatus;
import dev.proxyherd.status.StatusJson;
import dev.proxyherd.store.Expiry;
import dev.proxyherd.store.Room;
import java.util.HexFormat;
import java.util.List;
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
        List<LinkStatus> links = parts.links.status();
        return new ServerStatus(parts.config.name().toString(), startedMillis,
                Expiry.nanos(parts.config.context().clock().instant()), parts.store.size(),
                HexFormat.of().toHexDigits(digest), parts.expiry.cutoffNanos(), parts.acceptor.connections(),
                room(links), links, parts.journal == null ? null : parts.journal.status());
    }

    private RoomStatus room(List<LinkStatus> links) {
        Room room = parts.room;
        boolean full = room.isFull();
        long most = full ? links.stream().mapToLong(LinkStatus::clients).max().orElse(0) : 0;
        return new RoomStatus(room.limit(), full, Math.max(0, most - parts.store.size()),
                room.refused(Room.Door.REPORT), room.refused(Room.Door.LINK), room.refused(Room.Door.JOURNAL));
    }

    @Override
    public String status(long cutoffNanos) {
        return StatusJson.write(serverStatus(cutoffNanos));
    }

    @Override
    public @Nullable Location trace(String client) {
        return parts.view.find(client);
    }
}
