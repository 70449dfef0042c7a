package dev.proxyherd.sim;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.function.LongSupplier;

/** A server's processor: does one task after another, and each takes the time that it says. */
final class Processor {
    private final VirtualTime time;
    private final Queue<LongSupplier> tasks = new ArrayDeque<>();
    private boolean busy;
    private long busyNanos;

    Processor(VirtualTime time) {
        this.time = time;
    }

    /** @param task does its work, as it is when its turn has come, and returns how many nanoseconds that takes */
    void submit(LongSupplier task) {
        tasks.add(task);
        if (!busy) {
            busy = true;
            time.at(time.now(), this::next);
        }
    }

    private void next() {
        LongSupplier task = tasks.poll();
        if (task == null) {
            busy = false;
            return;
        }
        long takes = task.getAsLong();
        busyNanos += takes;
        time.at(time.now() + takes, this::next);
    }

    /** For how long it has worked. */
    long busyNanos() {
        return busyNanos;
    }
}
