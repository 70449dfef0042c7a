package dev.proxyherd.kafka.client;

import dev.proxyherd.journal.JournalSince;
import dev.proxyherd.kafka.Outbox;
import dev.proxyherd.kafka.Progress;
import dev.proxyherd.kafka.RegionKeeping;
import dev.proxyherd.kafka.RegionParts;
import dev.proxyherd.protocol.Location;
import dev.proxyherd.store.LocationStore;
import java.io.IOException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** What this server knows and may have to publish: what servers of its own herd have heard. Any thread. */
final class Known {
    private final RegionParts parts;
    private final Outbox outbox;
    private final LocationStore store;

    /** How far a former life was; null where that is of no use. */
    private final @Nullable Progress before;

    /** What the journal got after that. */
    private final @Nullable JournalSince since;

    /** All servers that were of this herd since this one's start. */
    private final Set<String> servers = ConcurrentHashMap.newKeySet();
    private volatile Set<String> latest = Set.of();

    /** Before the journal's start. */
    Known(RegionParts parts, Outbox outbox) {
        this.parts = parts;
        this.outbox = outbox;
        this.store = parts.room().store();
        RegionKeeping keeping = parts.keeping();
        Progress found = keeping == null ? null : keeping.file().read(outbox);
        this.since = keeping == null || found == null ? null
                : JournalSince.open(keeping.journalFile(), found.journal());
        this.before = since == null ? null : found;
    }

    /** How far a former life of this server was with the topic; null where all is to be read. */
    @Nullable
    Progress before() {
        return before;
    }

    /** Offers what a former life may not have published: all, or what its journal got after it was last up to date. */
    void offerUnpublished() {
        if (since == null) {
            offerAll();
            return;
        }
        try (since) {
            since.read(location -> {
                Location now = store.find(location);
                if (now != null) {
                    offer(now);
                }
            });
        } catch (IOException e) {
            parts.log()
                    .note("kafka: the journal's end cannot be read again (" + e.getMessage() + "); all is published");
            offerAll();
        }
    }

    /** Offers all that may have to be published. */
    void offerAll() {
        store.forEach(this::offer);
    }

    private void offer(Location location) {
        if (location.server().equals(parts.server())) {
            outbox.publish(location);
        } else {
            offerAnothers(location);
        }
    }

    /** Offers what another server has heard, if that is of this herd. */
    void offerAnothers(Location location) {
        if (isOwn(location.server())) {
            outbox.watch(location);
        }
    }

    /** What is to be published in place of something that has waited for long: what this herd has heard since, if that wins. */
    Location newest(Location waited) {
        Location now = store.find(waited);
        return now != null && isOwn(now.server()) ? Location.newest(waited, now) : waited;
    }

    /** Erases what is left under this server's keys of clients that were forgotten. */
    void overwriteForgotten() {
        if (store.forgotten() > 0) {
            store.forEach(location -> {
                if (location.isGone()) {
                    outbox.overwrite(location);
                }
            });
        }
    }

    /** Whether a server of this name is of this herd, or was since this one's start. */
    boolean isOwn(String server) {
        look();
        return servers.contains(server);
    }

    /** Whether one is now. */
    boolean isOwnNow(String server) {
        return parts.servers().get().contains(server);
    }

    /** Notes the herd's servers as they are now. */
    @SuppressWarnings("ReferenceEquality")
    void look() {
        Set<String> now = parts.servers().get();
        if (now != latest) {
            servers.addAll(now);
            latest = now;
        }
    }
}
