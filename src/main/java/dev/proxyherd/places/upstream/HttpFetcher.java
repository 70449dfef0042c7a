package dev.proxyherd.places.upstream;

import dev.proxyherd.places.PlacesException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The one way to an upstream: sends a request on the asking thread's behalf and gives its whole answer before the deadline
 * or an exception that says why not. It bounds how many requests are under way and how many begin in a second, how large an
 * answer is, how long all of it takes; and it tries again what failed for a passing reason.
 *
 * <p>The HTTP client keeps its own pool of platform threads: resolving a name or a TLS handshake would hold a carrier and so
 * delay other clients' commands. The asking thread only waits, and what it waits for it can give up: {@link
 * HttpRequest.Builder#timeout} would end at the headers.
 */
public final class HttpFetcher implements AutoCloseable {
    private static final String USER_AGENT = "proxyherd-herd";
    private static final long FIRST_BACKOFF_NANOS = Duration.ofMillis(100).toNanos();
    private static final long MAX_BACKOFF_NANOS = Duration.ofSeconds(2).toNanos();

    private final PlacesLimits limits;
    private final PlacesEnvironment environment;
    private final HttpClient client;
    private final UpstreamGate gate;
    private final HttpFailures failures;

    public HttpFetcher(PlacesSource source, PlacesLimits limits, PlacesEnvironment environment) {
        this.limits = limits;
        this.environment = environment;
        this.failures = new HttpFailures(source, limits);
        this.gate = new UpstreamGate(source.kind().title(), limits, environment);
        this.client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(limits.connectTimeout())
                .build();
    }

    /** A request to an endpoint, with the header that names the program. */
    public static HttpRequest.Builder request(URI uri) {
        String version = HttpFetcher.class.getPackage().getImplementationVersion();
        return HttpRequest.newBuilder(uri).setHeader("User-Agent",
                version == null ? USER_AGENT : USER_AGENT + "/" + version);
    }

    /** The deadline of a lookup that begins now. */
    public Deadline deadline() {
        return environment.deadline(limits);
    }

    /**
     * Sends a request that changes nothing upstream, so that it may be sent again.
     *
     * @return a reply with any HTTP status
     * @throws PlacesException if there is none before the deadline
     */
    public HttpReply fetch(HttpRequest request, Deadline deadline) throws PlacesException {
        for (int attempt = 1;; attempt++) {
            long wait;
            try {
                HttpReply reply = once(request, deadline);
                Duration retryAfter = RetryAfter.read(reply.headers(), environment.wall());
                if (!reply.passing(retryAfter)) {
                    return reply;
                }
                wait = Math.max(backoffNanos(attempt), retryAfter == null ? 0 : retryAfter.toNanos());
                if (!mayRetry(attempt, wait, deadline)) {
                    return reply;
                }
            } catch (IOException e) {
                wait = backoffNanos(attempt);
                if (!failures.passing(e) || !mayRetry(attempt, wait, deadline)) {
                    throw failures.explain(e, attempt);
                }
            }
            gate.pause(wait);
        }
    }

    private boolean mayRetry(int attempt, long waitNanos, Deadline deadline) {
        return attempt < limits.attempts() && deadline.allows(waitNanos);
    }

    /** Ends all requests that are under way and all waiting. */
    @Override
    public void close() {
        gate.close();
        client.shutdownNow();
    }

    private HttpReply once(HttpRequest request, Deadline deadline) throws PlacesException, IOException {
        gate.enter(deadline);
        try {
            return exchange(request, deadline);
        } finally {
            gate.leave();
        }
    }

    private HttpReply exchange(HttpRequest request, Deadline deadline) throws PlacesException, IOException {
        CappedBody body = new CappedBody(limits.maxBodyBytes());
        CompletableFuture<HttpResponse<byte[]>> answer = client.sendAsync(request, body);
        boolean whole = false;
        try {
            HttpResponse<byte[]> response = answer.get(Math.max(0, deadline.remainingNanos()), TimeUnit.NANOSECONDS);
            whole = true;
            return new HttpReply(response.statusCode(), response.headers(), response.body());
        } catch (TimeoutException e) {
            throw failures.timeOut();
        } catch (InterruptedException e) {
            throw gate.interrupted();
        } catch (ExecutionException e) {
            if (gate.isClosed()) {
                throw gate.stopping();
            }
            throw e.getCause() instanceof IOException io ? io : new IOException(e.getCause());
        } finally {
            if (!whole) {
                answer.cancel(true);
                body.cancel();
            }
        }
    }

    /** Between half of the step and all of it, the steps doubling, so that those who failed together do not return together. */
    private long backoffNanos(int attempt) {
        long step = Math.min(MAX_BACKOFF_NANOS, FIRST_BACKOFF_NANOS << Math.min(attempt - 1, 10));
        return step / 2 + environment.random().nextLong(step / 2);
    }
}
