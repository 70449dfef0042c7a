package dev.proxyherd.link;

import java.io.IOException;

/** A handshake that one of its ends refused; the message says which and why. */
final class RefusedException extends IOException {
    private static final long serialVersionUID = 1L;

    RefusedException(String message) {
        super(message);
    }
}
