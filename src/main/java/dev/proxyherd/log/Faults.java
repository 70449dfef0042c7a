package dev.proxyherd.log;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;

/**
 * What went wrong in threads that go on nevertheless: counted by thread, for the metrics, and told, once for each new
 * fault of a thread. Any thread may call anything, and nothing here throws or waits longer than its listener does.
 */
public final class Faults {
    private final Consumer<String> listener;
    private final Map<String, LongAdder> counts;
    private final Map<String, String> last = new ConcurrentHashMap<>();

    /** @param listener takes what is to be told */
    public Faults(Consumer<String> listener) {
        this(listener, new ConcurrentHashMap<>());
    }

    private Faults(Consumer<String> listener, Map<String, LongAdder> counts) {
        this.listener = listener;
        this.counts = counts;
    }

    /** The same counts, told elsewhere. */
    Faults telling(Consumer<String> other) {
        return new Faults(other, counts);
    }

    /**
     * A thread has met a fault of the program, and goes on.
     *
     * @param thread its name, of which there are few
     */
    public void survived(String thread, Throwable fault) {
        try {
            counts.computeIfAbsent(thread, name -> new LongAdder()).increment();
            String text = String.valueOf(fault);
            if (!text.equals(last.put(thread, text))) {
                StackTraceElement[] trace = fault.getStackTrace();
                listener.accept("a fault of the program, which its thread " + thread + " has survived: " + text
                        + (trace.length == 0 ? "" : " at " + trace[0]));
            }
        } catch (RuntimeException | Error outOfMemory) {
            // There may not be the memory to say so either.
        }
    }

    /** How many faults each thread has survived; threads without any are left out. */
    public Map<String, Long> counts() {
        Map<String, Long> now = new TreeMap<>();
        counts.forEach((thread, count) -> now.put(thread, count.sum()));
        return now;
    }
}
