package dev.proxyherd.fences.hooks;

import java.net.URI;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Who is at a host and port: how many messages are on their way there at once, and whether they arrive. For any thread. */
final class Receiver {
    /** So many messages, of as many fences, at once. */
    private static final int MOST_AT_ONCE = 8;

    private final String name;
    private final Semaphore permits = new Semaphore(MOST_AT_ONCE, true);
    private final AtomicReference<@Nullable String> failure = new AtomicReference<>();
    private final Consumer<String> warnings;

    /** @param warnings is told when messages do not arrive, and when they do again */
    Receiver(URI address, Consumer<String> warnings) {
        // Paths and queries of such addresses are often secrets.
        this.name = nameOf(address);
        this.warnings = warnings;
    }

    /** What stands for all addresses there. */
    static String nameOf(URI address) {
        return address.getScheme() + "://" + address.getHost() + (address.getPort() < 0 ? "" : ":" + address.getPort());
    }

    /** Waits until a message may be sent; {@link #leave} must follow. */
    void enter() throws InterruptedException {
        permits.acquire();
    }

    void leave() {
        permits.release();
    }

    /** Nobody waits any more: the server stops. */
    void open() {
        permits.release(Integer.MAX_VALUE / 2);
    }

    /** What came of a try. */
    void tried(HookDelivery.Outcome outcome) {
        String before = failure.getAndSet(outcome.failure());
        if (outcome.isFinal()) {
            warnings.accept(
                    "webhook " + name + " has answered 410: it is sent nothing more until the fences' file changes");
        } else if (before == null && outcome.failure() != null) {
            warnings.accept("webhook " + name + " takes no messages: " + outcome.failure()
                    + "; each is tried again for " + Webhooks.PATIENCE.toDays() + " days");
        } else if (before != null && outcome.failure() == null) {
            warnings.accept("webhook " + name + " takes messages again");
        }
    }

    /** Why it did not take the last message; null if it did. */
    @Nullable
    String failure() {
        String now = failure.get();
        return now == null ? null : name + ": " + now;
    }
}
