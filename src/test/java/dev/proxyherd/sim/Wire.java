package dev.proxyherd.sim;

import java.util.SplittableRandom;
import java.util.function.Consumer;

/** Carries bytes one way, in their order, some time after they were written, and only so many a second. */
final class Wire {
    /** What the systems at both ends hold at the most until whoever writes must wait, as on real links. */
    private static final long UNSENT_BYTES = 1024 * 1024;

    private static final double NANOS_PER_SECOND = 1e9;

    private final VirtualTime time;
    private final Conditions conditions;
    private final SplittableRandom random;
    private long freeAt;
    private long lastArrival;
    private long bytes;
    private int epoch;

    Wire(VirtualTime time, Conditions conditions, SplittableRandom random) {
        this.time = time;
        this.conditions = conditions;
        this.random = random;
    }

    /** @param leave when they are written, now or later */
    void send(byte[] what, long leave, Consumer<byte[]> receiver) {
        if (what.length == 0) {
            return;
        }
        bytes += what.length;
        freeAt = Math.max(freeAt, leave) + transmission(what.length);
        double factor = 1 + conditions.jitter() * (2 * random.nextDouble() - 1);
        lastArrival = Math.max(lastArrival, freeAt + Math.round(conditions.links().delay() * factor));
        int sentIn = epoch;
        time.at(lastArrival, () -> {
            if (sentIn == epoch) {
                receiver.accept(what);
            }
        });
    }

    private long transmission(long length) {
        return Math.round(length * NANOS_PER_SECOND / conditions.bytesPerSecond());
    }

    /** When whoever has written can go on. */
    long writableAt() {
        return freeAt - transmission(UNSENT_BYTES);
    }

    /** Loses what is under way. */
    void cut() {
        epoch++;
        freeAt = 0;
        lastArrival = 0;
    }

    /** How many it has carried, or lost. */
    long bytes() {
        return bytes;
    }
}
