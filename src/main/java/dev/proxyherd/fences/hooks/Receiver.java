package dev.proxyherd.fences.hooks;

import java.net.URI;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Who is at a host and port: how many messages are on their way there at once, and of which fences they do not arrive. Each reason
 * is told once, for as long as those of some fence do not: one message that is refused among many that are taken is no
 * news at each of its tries. For any thread.
 */
final class Receiver {
    /** So many messages, of as many fences, at once. */
    private static final int MOST_AT_ONCE = 8;

    /** So many reasons are told until all fences' messages arrive again. */
    private static final int MOST_REASONS = 8;

    private final String name;
    private final Semaphore permits = new Semaphore(MOST_AT_ONCE, true);
    private final Semaphore everybodys;
    private final Consumer<String> warnings;
    private final ReentrantLock lock = new ReentrantLock();

    /** Why it did not take the last message of a fence, by the fence's id; the lock guards it. */
    private final Map<String, String> failures = new LinkedHashMap<>();

    private final Set<String> told = new HashSet<>();

    /**
     * @param everybodys how many messages may be on their way to all receivers together
     * @param warnings is told when messages do not arrive, and when they do again
     */
    Receiver(URI address, Semaphore everybodys, Consumer<String> warnings) {
        this.name = nameOf(address);
        this.everybodys = everybodys;
        this.warnings = warnings;
    }

    /** What stands for all addresses there: paths and queries of such addresses are often secrets. */
    static String nameOf(URI address) {
        return address.getScheme() + "://" + address.getHost() + (address.getPort() < 0 ? "" : ":" + address.getPort());
    }

    /** Waits until a message may be sent; {@link #leave} must follow. */
    void enter() throws InterruptedException {
        permits.acquire();
        try {
            everybodys.acquire();
        } catch (InterruptedException e) {
            permits.release();
            throw e;
        }
    }

    void leave() {
        everybodys.release();
        permits.release();
    }

    /** Nobody waits any more for this one's: the server stops. */
    void open() {
        permits.release(Integer.MAX_VALUE / 2);
    }

    /** What came of a try to deliver a message of a fence. */
    void tried(String fence, HookDelivery.Outcome outcome) {
        String words;
        lock.lock();
        try {
            words = outcome.failure() == null ? delivered(fence) : failed(fence, outcome.failure(), outcome.isFinal());
        } finally {
            lock.unlock();
        }
        if (words != null) {
            warnings.accept("webhook " + name + ' ' + words);
        }
    }

    private @Nullable String delivered(String fence) {
        if (failures.remove(fence) == null || !failures.isEmpty()) {
            return null;
        }
        told.clear();
        return "takes messages again";
    }

    private @Nullable String failed(String fence, String reason, boolean isFinal) {
        failures.put(fence, reason);
        if (isFinal) {
            return "has answered 410 to the fence '" + fence
                    + "': that address is sent nothing more until the fences' file changes";
        }
        if (told.size() == MOST_REASONS || !told.add(reason)) {
            return null;
        }
        return "takes no messages of the fence '" + fence + "': " + reason + "; each is tried again for "
                + Webhooks.PATIENCE.toDays() + " days";
    }

    /** Forgets how it went with fences whose messages go elsewhere now, or nowhere. */
    void keepOnly(Predicate<String> fences) {
        lock.lock();
        try {
            failures.keySet().removeIf(fences.negate());
            if (failures.isEmpty()) {
                told.clear();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Why it did not take the last message of some fence; null if it took those of all. */
    @Nullable
    String failure() {
        lock.lock();
        try {
            if (failures.isEmpty()) {
                return null;
            }
            Map.Entry<String, String> first = failures.entrySet().iterator().next();
            return name + ": the fence '" + first.getKey() + '\''
                    + (failures.size() == 1 ? "" : " and " + (failures.size() - 1) + " more") + ": "
                    + first.getValue();
        } finally {
            lock.unlock();
        }
    }
}
