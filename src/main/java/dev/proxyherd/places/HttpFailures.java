package dev.proxyherd.places;

import dev.proxyherd.places.PlacesException.Status;
import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpConnectTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import javax.net.ssl.SSLException;

/** Says in words why an upstream could not be asked or said no, without the key and without its URL. Immutable. */
final class HttpFailures {
    private static final int MAX_WORDS = 300;

    private final PlacesSource source;
    private final PlacesLimits limits;

    HttpFailures(PlacesSource source, PlacesLimits limits) {
        this.source = source;
        this.limits = limits;
    }

    /** Whether the same request may do better a little later: resets, refused connections and answers that broke off. */
    boolean passing(IOException failure) {
        return !(failure instanceof CappedBody.TooLarge || failure instanceof HttpConnectTimeoutException
                || failure instanceof SSLException || unresolved(failure) || failure.getCause() instanceof RuntimeException);
    }

    /** The exception for a request that got no answer. */
    PlacesException explain(IOException failure, int attempts) {
        String words = switch (failure) {
            case CappedBody.TooLarge large -> large.getMessage();
            case HttpConnectTimeoutException late -> "no connection within " + limits.connectTimeout().toMillis() + " ms";
            case SSLException tls -> "no secure connection: " + tls.getMessage();
            case ConnectException refused -> unresolved(refused) ? "its host name is unknown" : "the connection was refused";
            default -> "the connection broke: " + failure.getMessage();
        };
        return failed(Status.UNKNOWN_ERROR, attempts > 1 ? words + " (tried " + attempts + " times)" : words);
    }

    /** The exception for a lookup whose deadline came first. */
    PlacesException timeOut() {
        return failed(Status.UNKNOWN_ERROR, "no whole answer within " + limits.deadline().toMillis() + " ms");
    }

    /** An exception with a status word and what is known, which may hold what an upstream said. */
    PlacesException failed(Status status, String words) {
        String safe = source.key() == null ? words : source.key().redact(words);
        String brief = safe.length() > MAX_WORDS ? safe.substring(0, MAX_WORDS) + "..." : safe;
        return new PlacesException(status, source.kind().title() + ": " + brief);
    }

    private static boolean unresolved(IOException failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof UnresolvedAddressException) {
                return true;
            }
        }
        return false;
    }
}
