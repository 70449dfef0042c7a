package dev.proxyherd.log;

import java.time.Duration;

/**
 * The life of a thread that must not end: the same round again and again, whatever a round throws, until a round says
 * that it was the last or the thread is interrupted. After a fault it rests, 10 ms at first and a second at last, so that
 * a fault that stays costs no core.
 */
public final class Endless implements Runnable {
    private static final Duration SHORTEST_REST = Duration.ofMillis(10);
    private static final Duration LONGEST_REST = Duration.ofSeconds(1);

    private final String name;
    private final Faults faults;
    private final Round round;

    /** One round of the work. */
    @FunctionalInterface
    public interface Round {
        /**
         * Does it.
         *
         * @return whether there is another to come
         */
        boolean run() throws InterruptedException;
    }

    /**
     * @param name the thread's
     * @param faults is told what a round threw
     */
    public Endless(String name, Faults faults, Round round) {
        this.name = name;
        this.faults = faults;
        this.round = round;
    }

    @Override
    public void run() {
        Thread.currentThread().setName(name);
        long rest = 0;
        try {
            while (true) {
                try {
                    if (rest > 0) {
                        // Here, for to rest takes memory too, and that may have run out.
                        Thread.sleep(rest);
                    }
                    if (!round.run()) {
                        return;
                    }
                    rest = 0;
                } catch (RuntimeException | Error fault) {
                    faults.survived(name, fault);
                    rest = Math.clamp(rest * 2, SHORTEST_REST.toMillis(), LONGEST_REST.toMillis());
                }
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}
