package dev.proxyherd.gateway.http;

import dev.proxyherd.gateway.request.EventSink;
import dev.proxyherd.gateway.request.Reply;
import dev.proxyherd.gateway.request.Request;
import java.io.IOException;

/** What serves the requests of a route, on their own threads; a {@code Problem} that it throws is answered as one. */
public sealed interface Handler {
    /** Answers at once. */
    @FunctionalInterface
    non-sealed interface Replying extends Handler {
        Reply serve(Request request) throws IOException;
    }

    /** Goes on answering until the subscriber is gone; it may throw a {@code Problem} until it opens the sink. */
    @FunctionalInterface
    non-sealed interface Streaming extends Handler {
        void serve(Request request, EventSink events) throws IOException;
    }
}
