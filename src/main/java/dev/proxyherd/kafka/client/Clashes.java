package dev.proxyherd.kafka.client;

import dev.proxyherd.kafka.RegionParts;
import dev.proxyherd.protocol.Location;
import java.util.HashSet;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Notices servers of one name in two herds: they would take each other's records for their own. What was written before this
 * server's start tells nothing, for its own former lives, and a herd's former secret, are in the topic too. The reader's thread.
 */
final class Clashes {
    /** So many are told of. */
    private static final int MOST = 100;

    private final RegionParts parts;
    private final Known known;
    private final Stamp stamp;
    private final Health health;
    private final long startMillis;
    private final Set<String> told = new HashSet<>();

    Clashes(RegionParts parts, Known known, Stamp stamp, Health health) {
        this.parts = parts;
        this.known = known;
        this.stamp = stamp;
        this.health = health;
        this.startMillis = parts.clock().millis();
    }

    /** Whether this very process has written it. */
    boolean isMine(RecordKey key, ConsumerRecord<?, ?> record) {
        Stamp other = Stamp.of(key, record.headers());
        return other != null && other.process() == stamp.process();
    }

    /** Sees who has written what was read. */
    void look(RecordKey key, Location location, ConsumerRecord<?, ?> record) {
        Stamp other = Stamp.of(key, record.headers());
        if (other == null || other.process() == stamp.process() || record.timestamp() < startMillis) {
            return;
        }
        String publisher = key.publisher();
        if (publisher.equals(stamp.server())) {
            tell(publisher, "another server called " + publisher + " publishes in the topic");
        } else if (other.herd() != stamp.herd() && known.isOwnNow(publisher)) {
            tell(publisher, "another herd, or one of another secret, has a server called " + publisher + ", too");
        } else if (!location.isGone() && known.isOwnNow(location.server())
                && (other.herd() != stamp.herd() || !known.isOwn(publisher))) {
            tell(location.server(), "another herd, of which " + publisher + " is, has a server called "
                    + location.server() + ", too");
        }
    }

    private void tell(String server, String words) {
        if (told.size() < MOST && told.add(server)) {
            String all = words + ": names of servers must differ in all herds that share a topic; rename one of them";
            parts.log().warn("kafka: " + all);
            health.clashes(all);
        }
    }
}
