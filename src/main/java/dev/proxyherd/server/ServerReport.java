package dev.proxyherd.server;

import dev.proxyherd.fences.hooks.HookStatus;
import dev.proxyherd.link.inquiry.Inquiries;
import dev.proxyherd.protocol.Cutoffs;
import dev.proxyherd.protocol.Location;
import dev.proxyherd.status.KafkaStatus;
import dev.proxyherd.status.LinkStatus;
import dev.proxyherd.status.RoomStatus;
import dev.proxyherd.status.ServerStatus;
import dev.proxyherd.status.TopologyStatus;
import dev.proxyherd.status.WebhookStatus;
import dev.proxyherd.status.json.ReloadJson;
import dev.proxyherd.status.json.StatusJson;
import dev.proxyherd.store.ClientPattern;
import dev.proxyherd.store.Expiry;
import dev.proxyherd.store.LocationStore;
import dev.proxyherd.store.Room;
import java.io.IOException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Tells how a server is, to its own process and to whoever asks over the wire, and forgets. Safe for any number of threads. */
final class ServerReport implements Inquiries {
    private final ServerParts parts;
    private final long startedMillis;

    ServerReport(ServerParts parts) {
        this.parts = parts;
        this.startedMillis = parts.config.context().clock().millis();
    }

    /** How the server is; what is past the cutoffs is left out of the digest. */
    ServerStatus serverStatus(Cutoffs cutoffs) {
        long digest = cutoffs.equals(Cutoffs.NONE) ? parts.store.digest() : parts.store.digestSince(cutoffs);
        List<LinkStatus> links = parts.links.status();
        Cutoffs own = parts.expiry.cutoffs();
        return new ServerStatus(parts.config.name().toString(), startedMillis,
                Expiry.nanos(parts.config.context().clock().instant()), parts.store.size(), parts.store.forgotten(),
                HexFormat.of().toHexDigits(digest), own.locationNanos(), own.goneNanos(), parts.connections(),
                room(links), links, parts.journal == null ? null : parts.journal.status(),
                new TopologyStatus(parts.config.node().herd(), parts.reloads.last()), endMillis(),
                parts.mqtt == null ? null : parts.mqtt.status(),
                kafka(), webhooks());
    }

    private @Nullable KafkaStatus kafka() {
        return parts.region == null ? null
                : parts.region.status().with(parts.history == null ? null : parts.history.status());
    }

    private @Nullable WebhookStatus webhooks() {
        if (parts.webhooks == null) {
            return null;
        }
        HookStatus hooks = parts.webhooks.status();
        return new WebhookStatus(hooks.waiting(), hooks.bytes(), hooks.delivered(), hooks.givenUp(), hooks.failing(),
                hooks.failures(), hooks.diskFailure());
    }

    private RoomStatus room(List<LinkStatus> links) {
        Room room = parts.room;
        boolean full = room.isFull();
        long most = full ? links.stream().mapToLong(LinkStatus::clients).max().orElse(0) : 0;
        return new RoomStatus(room.limit(), full, Math.max(0, most - parts.store.size()),
                room.refused(Room.Door.REPORT), room.refused(Room.Door.LINK), room.refused(Room.Door.JOURNAL));
    }

    @Override
    public String status(Cutoffs cutoffs) {
        return StatusJson.write(serverStatus(cutoffs));
    }

    @Override
    public String reload(boolean dry) {
        return ReloadJson.write(parts.config.context().reloads().reload(parts.config.name().toString(), dry));
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
        if (parts.journal != null && parts.journal.held() != null) {
            throw new NotYetException("it opens no link, for its journal is older than forgetKeep");
        }
        return parts.forgetter.forget(client, notBeforeNanos);
    }

    @Override
    public void settle() {
        parts.forgetter.settle();
    }

    /** What is yet to be replayed may be newer than what is known, and must not survive what is forgotten now. */
    private void requireReplayed() throws NotYetException {
        if (!parts.view.isReady()) {
            throw new NotYetException("it still reads its journal");
        }
    }

    private @Nullable Long endMillis() {
        Instant end = parts.tls.end();
        return end == null ? null : end.toEpochMilli();
    }
}
