package dev.proxyherd.gateway.http;

import com.sun.net.httpserver.HttpExchange;
import dev.proxyherd.gateway.Routes;
import dev.proxyherd.gateway.request.Guard;
import dev.proxyherd.gateway.request.Problem;
import dev.proxyherd.gateway.request.Reply;
import dev.proxyherd.gateway.request.Request;
import dev.proxyherd.gateway.request.WrongTokens;
import dev.proxyherd.io.HostLimit;
import dev.proxyherd.log.TrafficLog;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;

/** Where every request comes in: guard, handler, and one way of answering. */
public final class Front {
    private final Routes routes;
    private final Guard guard;
    private final HostLimit hosts;
    private final Watchdog watchdog;
    private final GatewayCounts counts;
    private final TrafficLog log;
    private final WrongTokens wrongTokens = new WrongTokens(WrongTokens.MOST_ADDRESSES);

    public Front(Routes routes, Guard guard, HostLimit hosts, Watchdog watchdog, GatewayCounts counts, TrafficLog log) {
        this.routes = routes;
        this.guard = guard;
        this.hosts = hosts;
        this.watchdog = watchdog;
        this.counts = counts;
        this.log = log;
    }

    public void handle(HttpExchange exchange) throws IOException {
        InetAddress host = exchange.getRemoteAddress().getAddress();
        boolean admitted = hosts.enter(host);
        try (exchange; Watchdog.Watch watch = watchdog.watch(HttpLimits.HANDLE)) {
            counts.requests.increment();
            HeaderLines headers = new HeaderLines(exchange);
            try {
                serve(Request.of(exchange), headers, watch, admitted);
            } catch (RuntimeException | Error e) {
                fail(exchange, headers, e);
            }
        } finally {
            if (admitted) {
                hosts.leave(host);
            }
        }
    }

    private void serve(Request request, HeaderLines headers, Watchdog.Watch watch, boolean admitted)
            throws IOException {
        addSafety(headers);
        if (!request.endsPlainly()) {
            headers.set("Connection", "close");
        }
        // To refusals too: without it a page that may ask could not read why it was refused.
        addCors(request, headers);
        Reply reply = admitted ? reply(request, watch) : tooMany(request);
        if (reply != null) {
            answer(request, headers, reply);
        }
    }

    /** Whatever went wrong, it is told: in the log and, unless an answer had begun, to whoever asked. */
    private void fail(HttpExchange exchange, HeaderLines headers, Throwable failure) throws IOException {
        Request request = Request.of(exchange);
        counts.refusedRequests.increment();
        log.note(request.summary() + " failed: " + failure);
        headers.clear();
        addSafety(headers);
        addCors(request, headers);
        headers.set("Connection", "close");
        answer(request, headers, Reply.problem(500, "the server failed; its log says more"));
    }

    private Reply tooMany(Request request) {
        hosts.refuse(request.exchange().getRemoteAddress().getAddress());
        return problem(request,
                new Problem(429, "your address has as many requests under way as one may; end some of them, "
                        + "or try again later"));
    }

    private Reply reply(Request request, Watchdog.Watch watch) throws IOException {
        try {
            if (isPreflight(request)) {
                guard.check(request, false, false);
                return Reply.empty(204);
            }
            guard.check(request, Routes.writes(request), Routes.needsToken(request));
            if (Routes.streams(request)) {
                watch.lift();
            } else if (Routes.looksUpPlaces(request)) {
                watch.limit(HttpLimits.LOOK_UP);
            }
            return routes.serve(request);
        } catch (Problem e) {
            return problem(request, e);
        }
    }

    private Reply problem(Request request, Problem problem) {
        counts.refusedRequests.increment();
        if (problem.status() == 401 || problem.status() == 403 || problem.status() == 413) {
            log.note(request.summary() + " refused: " + problem.getMessage());
        }
        if (problem.status() == 401 && request.header("Authorization") != null) {
            keepWaiting(request);
        }
        Reply reply = Reply.problem(problem.status(), problem.getMessage());
        return switch (problem.status()) {
            case 401 -> reply.with("WWW-Authenticate", "Basic realm=\"herd\", charset=\"UTF-8\"");
            case 405 -> reply.with("Allow", String.join(", ", Routes.methods(request)));
            case 413 -> reply.with("Connection", "close");
            case 429, 503 -> reply.with("Retry-After", "2");
            default -> reply;
        };
    }

    private void keepWaiting(Request request) {
        try {
            Thread.sleep(wrongTokens.shown(request.exchange().getRemoteAddress().getAddress(), watchdog.now()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static boolean isPreflight(Request request) {
        return request.method().equals("OPTIONS") && request.header("Access-Control-Request-Method") != null;
    }

    private void addCors(Request request, HeaderLines headers) {
        String origin = guard.allowedOrigin(request);
        if (origin != null) {
            headers.set("Access-Control-Allow-Origin", origin);
            headers.set("Access-Control-Allow-Methods", "GET, POST");
            headers.set("Access-Control-Allow-Headers", "Authorization, Content-Type, Last-Event-ID");
            headers.set("Access-Control-Expose-Headers", "Link, Herd-Refused");
            headers.set("Access-Control-Max-Age", "600");
            headers.set("Cross-Origin-Resource-Policy", "cross-origin");
        }
        headers.add("Vary", "Origin");
    }

    private static void addSafety(HeaderLines headers) {
        headers.set("X-Content-Type-Options", "nosniff");
        headers.set("Referrer-Policy", "same-origin");
        headers.set("Cross-Origin-Resource-Policy", "same-origin");
        headers.set("Cross-Origin-Opener-Policy", "same-origin");
        headers.set("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'");
        headers.set("Cache-Control", "no-store");
    }

    private static void answer(Request request, HeaderLines headers, Reply reply) throws IOException {
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
        if (hasBody && request.method().equals("HEAD")) {
            headers.set("Content-Length", String.valueOf(reply.body().length));
            hasBody = false;
        }
        headers.send(reply.status(), hasBody ? reply.body().length : -1);
        if (hasBody) {
            try (OutputStream out = request.exchange().getResponseBody()) {
                out.write(reply.body());
            }
        }
    }
}
