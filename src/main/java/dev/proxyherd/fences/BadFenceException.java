package dev.proxyherd.fences;

/** A fence cannot be used; the message says why, for a person, after the fence's name. */
public final class BadFenceException extends Exception {
    private static final long serialVersionUID = 1L;

    public BadFenceException(String message) {
        super(message, null, false, false);
    }
}
