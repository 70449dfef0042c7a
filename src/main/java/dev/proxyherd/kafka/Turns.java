package dev.proxyherd.kafka;

/**
 * How many of what was offered in the current turn, and in the one before, have yet to be in the topic. So it is known when all
 * that was offered until some moment is there, while more comes all the time. One thread at a time.
 */
final class Turns {
    private final long[] pending = new long[2];
    private int current;

    /** Which one it is, 0 or 1. */
    int current() {
        return current;
    }

    void add(int turn) {
        pending[turn]++;
    }

    void remove(int turn) {
        pending[turn]--;
    }

    /** Begins another one, unless something of the one before is left. */
    boolean begin() {
        if (!isBeforePast()) {
            return false;
        }
        current = 1 - current;
        return true;
    }

    /** Whether nothing of the turn before is left. */
    boolean isBeforePast() {
        return pending[1 - current] == 0;
    }
}
