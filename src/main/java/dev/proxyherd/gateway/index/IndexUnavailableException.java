package dev.proxyherd.gateway.index;

/** The index of clients cannot be asked now; the message says why, for a person. */
public final class IndexUnavailableException extends Exception {
    private static final long serialVersionUID = 1L;

    IndexUnavailableException(String message) {
        super(message);
    }
}
