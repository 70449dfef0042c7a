package dev.proxyherd.net;

import dev.proxyherd.io.LineConnection;

/** Takes over connections that turn out to come from neighbours. */
public interface LinkEndpoint {
    /**
     * Serves the connection, on the calling thread, until it ends.
     *
     * @param connection its reader has just read the line that opens a handshake
     * @param admitted to be run once the other end has proved to be a neighbour: it then counts as a client no more
     */
    void serve(LineConnection connection, Runnable admitted);

    /**
     * Serves a connection that begins as TLS does, on the calling thread, until it ends.
     *
     * @param connection its reader has looked at the first bytes, and no further
     * @param admitted as above
     */
    void serveSealed(LineConnection connection, Runnable admitted);
}
