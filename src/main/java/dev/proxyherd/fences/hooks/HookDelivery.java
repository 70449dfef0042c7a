package dev.proxyherd.fences.hooks;

import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.channels.UnresolvedAddressException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** One try to deliver a message, by a POST as Standard Webhooks has it. For any number of threads, which wait for the answer. */
final class HookDelivery {
    private static final Duration CONNECT_LIMIT = Duration.ofSeconds(5);
    private static final String AGENT = "proxyherd-herd";
    private static final String BROKEN = "the connection broke: ";
    private static final int GONE = 410;
    private static final int TOO_MANY = 429;
    private static final int UNAVAILABLE = 503;

    /** Idle connections that the JDK keeps, of all clients of a process; else one to each receiver, for half a minute. */
    private static final String KEPT_CONNECTIONS = "jdk.httpclient.connectionPoolSize";

    private final HttpClient http = client();
    private final HookKey key;
    private final InstantSource clock;
    private final Duration answerLimit;

    /** @param answerLimit how long a whole answer may take */
    HookDelivery(HookKey key, InstantSource clock, Duration answerLimit) {
        this.key = key;
        this.clock = clock;
        this.answerLimit = answerLimit;
    }

    private static HttpClient client() {
        if (System.getProperty(KEPT_CONNECTIONS) == null) {
            System.setProperty(KEPT_CONNECTIONS, String.valueOf(Webhooks.MOST_AT_ONCE));
        }
        return HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(CONNECT_LIMIT)
                .followRedirects(HttpClient.Redirect.NEVER).build();
    }

    /**
     * What came of it.
     *
     * @param failure null if the receiver has taken the message
     * @param isFinal whether the receiver wants no more messages at all
     * @param retryAfter when to try again at the earliest, as the receiver asks; null if it does not
     */
    record Outcome(@Nullable String failure, boolean isFinal, @Nullable Duration retryAfter) {
        private static final Outcome DELIVERED = new Outcome(null, false, null);
    }

    /** Tries once; and at once again where a connection broke that was there before: the receiver may just have closed it. */
    Outcome attempt(URI to, HookMessage message) throws InterruptedException {
        Outcome first = attemptOnce(to, message);
        return first.failure() != null && first.failure().startsWith(BROKEN) ? attemptOnce(to, message) : first;
    }

    private Outcome attemptOnce(URI to, HookMessage message) throws InterruptedException {
        byte[] body = message.body().getBytes(StandardCharsets.UTF_8);
        long now = clock.instant().getEpochSecond();
        HttpRequest request = HttpRequest.newBuilder(to)
                .header("Content-Type", "application/json").header("User-Agent", AGENT)
                .header("webhook-id", message.id()).header("webhook-timestamp", Long.toString(now))
                .header("webhook-signature", key.signature(message.id(), now, body))
                .POST(HttpRequest.BodyPublishers.ofByteArray(body)).build();
        UnwantedBody rest = new UnwantedBody();
        CompletableFuture<HttpResponse<Void>> answer = http.sendAsync(request, rest);
        try {
            // A request's own limit would end at the headers, and a body may drip for ever.
            return outcome(answer.get(answerLimit.toNanos(), TimeUnit.NANOSECONDS));
        } catch (TimeoutException e) {
            return failed("no answer within " + answerLimit.toMillis() + " ms");
        } catch (ExecutionException e) {
            return failed(words(e.getCause()));
        } finally {
            answer.cancel(true);
            rest.cancel();
        }
    }

    private static Outcome failed(String words) {
        return new Outcome(words, false, null);
    }

    private static String words(@Nullable Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof UnresolvedAddressException) {
                return "its host name is unknown";
            }
            if (cause instanceof SSLException) {
                return "no secure connection: " + cause.getMessage();
            }
        }
        return switch (failure) {
            case HttpConnectTimeoutException e -> "no connection within " + CONNECT_LIMIT.toMillis() + " ms";
            case ConnectException e -> "the connection was refused";
            case null, default -> BROKEN + failure;
        };
    }

    private static Outcome outcome(HttpResponse<?> response) {
        int status = response.statusCode();
        if (status / 100 == 2) {
            return Outcome.DELIVERED;
        }
        if (status / 100 == 3) {
            return failed("answered " + status + ", which leads elsewhere, and only the address in the file is asked");
        }
        OptionalLong seconds = status == TOO_MANY || status == UNAVAILABLE
                ? response.headers().firstValue("Retry-After").map(HookDelivery::seconds).orElse(OptionalLong.empty())
                : OptionalLong.empty();
        return new Outcome("answered " + status, status == GONE,
                seconds.isPresent() ? Duration.ofSeconds(seconds.getAsLong()) : null);
    }

    private static OptionalLong seconds(String text) {
        return text.matches("[0-9]{1,9}") ? OptionalLong.of(Long.parseLong(text)) : OptionalLong.empty();
    }

    /** Ends what is on its way. */
    void close() {
        http.shutdownNow();
    }
}
