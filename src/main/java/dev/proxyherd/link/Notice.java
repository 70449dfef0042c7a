package dev.proxyherd.link;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;

/** Something that a person should know, for as long as it is seen again now and then. Any number of threads may use it. */
final class Notice {
    private record Seen(String words, long nanos) {
    }

    private final long memoryNanos;
    private final AtomicReference<Seen> latest = new AtomicReference<>();

    /** @param memory for how long it is shown after it was last seen */
    Notice(Duration memory) {
        this.memoryNanos = memory.toNanos();
    }

    /** It is seen; returns whether that is news. What is seen again keeps its first words. */
    boolean see(String words) {
        String shown = words();
        latest.set(new Seen(shown == null ? words : shown, System.nanoTime()));
        return shown == null;
    }

    /** What to show, or null if there is nothing. */
    String words() {
        Seen seen = latest.get();
        return seen == null || System.nanoTime() - seen.nanos() > memoryNanos ? null : seen.words();
    }
}
