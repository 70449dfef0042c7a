package dev.proxyherd.server.process;

/** A server or an HTTP port cannot start; the message, one line, names the server, says why, and what to do. */
public final class StartException extends Exception {
    private static final long serialVersionUID = 1L;

    StartException(String message, Throwable cause) {
        super(message, cause);
    }
}
