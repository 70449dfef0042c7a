package dev.proxyherd.sim;

import java.time.Instant;
import java.time.InstantSource;
import java.util.PriorityQueue;
import java.util.function.BooleanSupplier;

/** Time that passes by doing what is due next: what is due at the same time is done in the order in which it was put there. */
final class VirtualTime implements InstantSource {
    private static final Instant START = Instant.ofEpochSecond(1_400_000_000);

    private final PriorityQueue<Event> events = new PriorityQueue<>();
    private long now;
    private long order;

    private record Event(long due, long order, Runnable action) implements Comparable<Event> {
        @Override
        public int compareTo(Event other) {
            return due == other.due ? Long.compare(order, other.order) : Long.compare(due, other.due);
        }
    }

    /** Nanoseconds since the start. */
    long now() {
        return now;
    }

    /** Does something at that time, or now if it is past. */
    void at(long nanos, Runnable action) {
        events.add(new Event(Math.max(now, nanos), order++, action));
    }

    /** Lets time pass until something is so, or nothing is left to do, or that time has come; says whether it is so. */
    boolean runUntil(BooleanSupplier isSo, long latest) {
        while (!isSo.getAsBoolean()) {
            Event next = events.peek();
            if (next == null || next.due > latest) {
                now = Math.max(now, latest);
                return false;
            }
            events.remove();
            now = next.due;
            next.action.run();
        }
        return true;
    }

    @Override
    public Instant instant() {
        return START.plusNanos(now);
    }
}
