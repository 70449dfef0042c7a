package dev.proxyherd.gateway.http;

import com.sun.net.httpserver.HttpExchange;
import dev.proxyherd.gateway.access.Guard;
import dev.proxyherd.gateway.access.WrongTokens;
import dev.proxyherd.gateway.request.Parameters;
import dev.proxyherd.gateway.request.Problem;
import dev.proxyherd.gateway.request.Reply;
import dev.proxyherd.gateway.request.Request;
import dev.proxyherd.io.HostLimit;
import dev.proxyherd.log.TrafficLog;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Where every request comes in: guard, route, handler, and one way of answering. */
final class Dispatcher {
    private final List<Route> routes;
    private final Guard guard;
    private final HostLimit hosts;
    private final Watchdog watchdog;
    private final RequestCounts counts;
    private final TrafficLog log;
    private final WrongTokens wrongTokens = new WrongTokens(WrongTokens.MOST_ADDRESSES);

    /** @param routes of which the first that fits a path is its own; the last fits all */
    Dispatcher(List<Route> routes, Guard guard, HostLimit hosts, Watchdog watchdog, RequestCounts counts,
            TrafficLog log) {
        this.routes = List.copyOf(routes);
        this.guard = guard;
        this.hosts = hosts;
        this.watchdog = watchdog;
        this.counts = counts;
        this.log = log;
    }

    void handle(HttpExchange exchange) throws IOException {
        try (HostPermit permit = new HostPermit(hosts, exchange.getRemoteAddress().getAddress());
                exchange;
                Watchdog.Watch watch = watchdog.watch(HttpLimits.HANDLE)) {
            counts.served.increment();
            Route route = route(ExchangeRequest.path(exchange));
            ExchangeRequest request = ExchangeRequest.of(exchange, route);
            Answer answer = new Answer(exchange, watch, permit);
            try {
                answer.begin(guard.allowedOrigin(request), !request.endsPlainly());
                Reply reply = permit.isHeld() ? reply(request, route, answer, watch) : tooMany(request);
                if (reply != null) {
                    answer.give(reply);
                }
            } catch (RuntimeException | Error e) {
                fail(request, answer, e);
            }
        }
    }

    private Route route(String path) {
        for (Route route : routes) {
            if (route.fits(path)) {
                return route;
            }
        }
        throw new IllegalStateException("the last route fits every path");
    }

    /** Whatever went wrong, it is told: in the log and, unless an answer had begun, to whoever asked. */
    private void fail(Request request, Answer answer, Throwable failure) throws IOException {
        counts.refused.increment();
        log.note(request.summary() + " failed: " + failure);
        answer.begin(guard.allowedOrigin(request), true);
        answer.give(Reply.problem(500, "the server failed; its log says more"));
    }

    private Reply tooMany(Request request) {
        hosts.refuse(request.peerAddress().getAddress());
        return problem(request,
                new Problem(429, "your address has as many requests under way as one may; end some of them, "
                        + "or try again later"));
    }

    /** Null if the answer was given already, as a stream of events. */
    private @Nullable Reply reply(ExchangeRequest request, Route route, Answer answer, Watchdog.Watch watch)
            throws IOException {
        try {
            if (isPreflight(request)) {
                guard.check(request, false, false);
                return Reply.empty(204);
            }
            ExchangeRequest permitted =
                    request.with(guard.check(request, route.writes(request.method()), route.needsToken()));
            if (!route.methods().contains(request.method())) {
                return notAllowed(request, route);
            }
            watch.limit(route.cost().limit());
            return switch (route.handler()) {
                case Handler.Replying handler -> handler.serve(permitted);
                case Handler.Streaming handler -> stream(permitted, handler, answer);
            };
        } catch (Problem e) {
            return problem(request, e);
        }
    }

    /** Null if the stream was the answer. */
    private static @Nullable Reply stream(Request request, Handler.Streaming handler, Answer answer)
            throws IOException {
        if (request.method().equals("HEAD")) {
            // A stream would be opened for nobody, and the JDK warns of a body where there can be none.
            return Reply.ok(Reply.EVENT_STREAM, new byte[0]);
        }
        handler.serve(request, answer);
        return null;
    }

    private Reply notAllowed(Request request, Route route) {
        String methods = String.join(", ", route.methods());
        return problem(request, new Problem(405, Parameters.shortened(request.path()) + " takes " + methods + ", not "
                + Parameters.shortened(request.method()))).with("Allow", methods);
    }

    private Reply problem(Request request, Problem problem) {
        counts.refused.increment();
        if (!problem.isNoted()
                && (problem.status() == 401 || problem.status() == 403 || problem.status() == 413)) {
            log.note(request.summary() + " refused: " + problem.getMessage());
        }
        if (problem.status() == 401 && request.header("Authorization") != null) {
            keepWaiting(request);
        }
        Reply reply = Reply.problem(problem.status(), problem.getMessage());
        return switch (problem.status()) {
            case 401 -> reply.with("WWW-Authenticate", challenge(request.header("Authorization")));
            case 413 -> reply.with("Connection", "close");
            case 429, 503 -> reply.with("Retry-After", "2");
            default -> reply;
        };
    }

    /** As RFC 6750, 3.1, has it for a bearer token that is wrong; else as browsers ask people for one by. */
    private static String challenge(@Nullable String shown) {
        return shown != null && shown.strip().toLowerCase(Locale.ROOT).startsWith("bearer ")
                ? "Bearer realm=\"herd\", error=\"invalid_token\""
                : "Basic realm=\"herd\", charset=\"UTF-8\"";
    }

    private void keepWaiting(Request request) {
        try {
            Thread.sleep(wrongTokens.shown(request.peerAddress().getAddress(), watchdog.now()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static boolean isPreflight(Request request) {
        return request.method().equals("OPTIONS") && request.header("Access-Control-Request-Method") != null;
    }
}
