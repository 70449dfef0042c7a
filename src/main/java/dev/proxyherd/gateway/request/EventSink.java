package dev.proxyherd.gateway.request;

import java.io.IOException;

/** An answer that goes on for as long as who asked wants. Used by the request's own thread only. */
public interface EventSink {
    /** Sends status 200 and the headers of a stream of events; once, before the first {@link #send}. */
    void open() throws IOException;

    /**
     * Sends whole events, and returns when the connection has taken them.
     *
     * @throws IOException if the other end is gone, or has not read for too long; the thread may be interrupted then
     */
    void send(String events) throws IOException;
}
