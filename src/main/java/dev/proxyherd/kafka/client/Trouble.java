package dev.proxyherd.kafka.client;

import dev.proxyherd.log.TrafficLog;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Something that works or does not, and is told once when that changes. Any thread. */
final class Trouble {
    private final TrafficLog log;
    private final String what;
    private final String end;
    private final AtomicReference<@Nullable String> words = new AtomicReference<>();

    /**
     * @param what does not work, in front of the reason
     * @param end what is told when it works again
     */
    Trouble(TrafficLog log, String what, String end) {
        this.log = log;
        this.what = what;
        this.end = end;
    }

    void is(String why) {
        String now = what + ": " + why;
        if (!now.equals(words.getAndSet(now))) {
            log.warn("kafka: " + now + "; it is tried again, and all else goes on");
        }
    }

    void isOver() {
        if (words.get() != null && words.getAndSet(null) != null) {
            log.warn("kafka: " + end);
        }
    }

    /** What does not work and why; null while it does. */
    @Nullable
    String words() {
        return words.get();
    }
}
