package dev.proxyherd.link;

import java.io.IOException;

/** A handshake that one of its ends refused; the message says which and why. */
final class RefusedException extends IOException {
    private static final long serialVersionUID = 1L;

    private final boolean passing;

    RefusedException(String message) {
        this(message, false);
    }

    /** @param passing whether the reason will go away by itself, without a person */
    RefusedException(String message, boolean passing) {
        super(message);
        this.passing = passing;
    }

    boolean isPassing() {
        return passing;
    }
}
