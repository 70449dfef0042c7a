package dev.proxyherd.gateway.http;

import com.sun.net.httpserver.HttpExchange;
import dev.proxyherd.gateway.request.EventSink;
import dev.proxyherd.gateway.request.Reply;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** The answer to one request, given once, whole or as a stream. The request's thread only. */
final class Answer implements EventSink {
    private final HttpExchange exchange;
    private final HeaderLines headers;
    private final Watchdog.Watch watch;
    private final HostPermit permit;

    /**
     * @param watch bounds each write of a stream
     * @param permit given back just before the last bytes go out: whoever has read them may ask for more at once
     */
    Answer(HttpExchange exchange, Watchdog.Watch watch, HostPermit permit) {
        this.exchange = exchange;
        this.headers = new HeaderLines(exchange);
        this.watch = watch;
        this.permit = permit;
    }

    /**
     * Sets what every answer has, refusals too: without it a page that may ask could not read why it was refused.
     *
     * @param origin whose pages may read the answer, beside this port's own; null for nobody's
     * @param closes whether the connection ends with this answer
     */
    void begin(@Nullable String origin, boolean closes) {
        headers.clear();
        addSafety();
        if (origin != null) {
            addCors(origin);
        }
        headers.add("Vary", "Origin");
        if (closes) {
            headers.set("Connection", "close");
        }
    }

    private void addSafety() {
        headers.set("X-Content-Type-Options", "nosniff");
        headers.set("Referrer-Policy", "same-origin");
        headers.set("Cross-Origin-Resource-Policy", "same-origin");
        headers.set("Cross-Origin-Opener-Policy", "same-origin");
        headers.set("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'");
        headers.set("Cache-Control", "no-store");
    }

    private void addCors(String origin) {
        headers.set("Access-Control-Allow-Origin", origin);
        headers.set("Access-Control-Allow-Methods", "GET, POST, DELETE");
        headers.set("Access-Control-Allow-Headers", "Authorization, Content-Type, Last-Event-ID");
        headers.set("Access-Control-Expose-Headers", "Link, Herd-Refused");
        headers.set("Access-Control-Max-Age", "600");
        headers.set("Cross-Origin-Resource-Policy", "cross-origin");
    }

    /** Answers with a whole body; to HEAD with its length only. */
    void give(Reply reply) throws IOException {
        if (reply.type() != null) {
            headers.set("Content-Type", reply.type());
        }
        reply.headers().forEach((name, value) -> {
            if (name.equals("Vary")) {
                // Beside the origin, by which every answer varies.
                headers.add(name, value);
            } else {
                headers.set(name, value);
            }
        });
        boolean hasBody = reply.body().length > 0;
        if (hasBody && exchange.getRequestMethod().equals("HEAD")) {
            headers.set("Content-Length", String.valueOf(reply.body().length));
            hasBody = false;
        }
        if (!hasBody) {
            permit.close();
        }
        headers.send(reply.status(), hasBody ? reply.body().length : -1);
        if (hasBody) {
            try (OutputStream out = exchange.getResponseBody()) {
                // The server keeps a short body until it is closed.
                out.write(reply.body());
                permit.close();
            }
        }
    }

    @Override
    public void open() throws IOException {
        headers.set("Content-Type", Reply.EVENT_STREAM);
        headers.set("Cache-Control", "no-store");
        headers.set("X-Accel-Buffering", "no");
        headers.send(200, 0);
    }

    @Override
    public void send(String events) throws IOException {
        watch.limit(HttpLimits.EVENT_WRITE);
        exchange.getResponseBody().write(events.getBytes(StandardCharsets.UTF_8));
        exchange.getResponseBody().flush();
        watch.lift();
    }
}
