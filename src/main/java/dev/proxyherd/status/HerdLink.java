package dev.proxyherd.status;

import org.jspecify.annotations.Nullable;

/**
 * One direction of a link: what {@code from} tells {@code to}.
 *
 * @param from the server whose status tells of it
 * @param to its neighbour
 * @param status null when {@code from} did not answer
 */
public record HerdLink(String from, String to, @Nullable LinkStatus status) {

    /** What is known of a link; that of a server that did not answer is unknown. */
    public enum State {
        UP, DOWN, UNKNOWN
    }

    /** Whether it is open, as far as that is known. */
    public State state() {
        if (status == null) {
            return State.UNKNOWN;
        }
        return status.up() ? State.UP : State.DOWN;
    }
}
