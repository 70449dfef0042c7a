package dev.proxyherd.net;

/** Is told how commands went. Runs on the connection's own thread: it must be quick and must not block. */
public interface CommandMeter {
    /**
     * A command was handled.
     *
     * @param name IAMAT, WHATSAT, or other for what is neither
     * @param outcome ok, or invalid; a question about an unknown client is invalid too
     */
    void handled(String name, String outcome, long nanos);

    /** A places lookup has ended with this status word. */
    void lookedUp(String status, long nanos);
}
