package dev.proxyherd.kafka.client;

import dev.proxyherd.log.TrafficLog;
import dev.proxyherd.status.KafkaStatus;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** How a region's threads are doing, for whoever asks: any thread may tell and ask. What goes wrong is told once, and its end. */
final class Health {
    private final TrafficLog log;
    private final AtomicReference<@Nullable String> reading = new AtomicReference<>();
    private final AtomicReference<@Nullable String> writing = new AtomicReference<>();
    final AtomicLong published = new AtomicLong();
    final AtomicLong read = new AtomicLong();
    final AtomicLong duplicates = new AtomicLong();
    final AtomicLong skipped = new AtomicLong();
    private volatile @Nullable String clash;
    private volatile @Nullable String unreadable;
    private final AtomicLong refused = new AtomicLong();
    private final AtomicReference<@Nullable String> lastRefusal = new AtomicReference<>();

    /** Whether the topic is being read. */
    volatile boolean connected;

    /** How many records have yet to be read. */
    volatile long lagRecords;

    /** When the record was written that was read last, POSIX milliseconds. */
    volatile long lastMillis;

    Health(TrafficLog log) {
        this.log = log;
    }

    /** The topic cannot be read, for this reason. */
    void cannotRead(String why) {
        connected = false;
        tell(reading, "the topic is not read: " + why);
    }

    /** It can. */
    void reads() {
        connected = true;
        tellEnd(reading, "the topic is read again");
    }

    /** The topic cannot be written to, for this reason. */
    void cannotWrite(String why) {
        if (connected) {
            tell(writing, "nothing is published: " + why);
        }
    }

    /** It can. */
    void writes() {
        tellEnd(writing, "publishing works again");
    }

    /** Something in the topic cannot be read, and is passed over. */
    void cannotReadAll(String why) {
        if (!why.equals(unreadable)) {
            unreadable = why;
            log.warn("kafka: something in the topic cannot be read, and is skipped: " + why);
        }
    }

    /** Somebody else goes by the name of a server of this herd; until a restart. */
    void clashes(String words) {
        clash = words;
    }

    /** A record was refused that will be refused again. */
    void refused(Exception failure) {
        refused.incrementAndGet();
        String words = String.valueOf(failure.getMessage());
        if (!words.equals(lastRefusal.getAndSet(words))) {
            log.warn("kafka: a location cannot be published, and is left out: " + words);
        }
    }

    private void tell(AtomicReference<@Nullable String> state, String words) {
        if (!words.equals(state.getAndSet(words))) {
            log.warn("kafka: " + words + "; it is tried again, and all else goes on");
        }
    }

    private void tellEnd(AtomicReference<@Nullable String> state, String words) {
        if (state.get() != null && state.getAndSet(null) != null) {
            log.warn("kafka: " + words);
        }
    }

    KafkaStatus status(String topic, long queued, long nowMillis) {
        long lag = lagRecords;
        String failure = clash == null ? reading.get() : clash;
        return new KafkaStatus(topic, connected, lag, lag == 0 ? 0 : Math.max(0, nowMillis - lastMillis), queued,
                published.get(), read.get(), duplicates.get(), skipped.get(),
                failure == null ? writing.get() : failure, null);
    }
}
