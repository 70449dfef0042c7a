package dev.proxyherd.link.session;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Something that a person should know, for as long as it is raised again now and then. Any number of threads may use it. */
final class Alert {
    private record Raised(String text, long nanos) {
    }

    private final long keepNanos;
    private final AtomicReference<@Nullable Raised> latest = new AtomicReference<>();

    /** @param keep for how long it is shown after it was last raised */
    Alert(Duration keep) {
        this.keepNanos = keep.toNanos();
    }

    /** Raises it; returns whether that is news. What is raised again keeps its first text. */
    boolean raise(String text) {
        long now = System.nanoTime();
        Raised before = latest.getAndUpdate(was -> {
            Raised shown = shown(was, now);
            return new Raised(shown == null ? text : shown.text(), now);
        });
        return shown(before, now) == null;
    }

    /** What to show, or null if there is nothing. */
    @Nullable
    String text() {
        Raised shown = shown(latest.get(), System.nanoTime());
        return shown == null ? null : shown.text();
    }

    private @Nullable Raised shown(@Nullable Raised raised, long now) {
        return raised == null || now - raised.nanos() > keepNanos ? null : raised;
    }
}
