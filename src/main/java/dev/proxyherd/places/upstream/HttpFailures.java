package dev.proxyherd.places.upstream;

import dev.proxyherd.places.PlacesException;
import dev.proxyherd.places.PlacesException.Status;
import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpConnectTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Says in words why an upstream could not be asked or said no, without the key and without its URL. Immutable. */
public final class HttpFailures {
    private static final int MAX_WORDS = 300;

    private final PlacesSource source;
    private final PlacesLimits limits;

    public HttpFailures(PlacesSource source, PlacesLimits limits) {
        this.source = source;
        this.limits = limits;
    }

    /** Whether the same request may do better a little later: resets, refused connections and answers that broke off. */
    boolean passing(IOException failure) {
        SSLException tls = within(failure, SSLException.class);
        if (tls != null) {
            return endedInHandshake(tls);
        }
        return !(failure instanceof CappedBody.TooLarge || failure instanceof HttpConnectTimeoutException
                || failure.getCause() instanceof RuntimeException
                || within(failure, UnresolvedAddressException.class) != null);
    }

    /** The exception for a request that got no answer. */
    PlacesException explain(IOException failure, int attempts) {
        SSLException tls = within(failure, SSLException.class);
        String words;
        if (failure instanceof CappedBody.TooLarge) {
            words = String.valueOf(failure.getMessage());
        } else if (failure instanceof HttpConnectTimeoutException) {
            words = "no connection within " + limits.connectTimeout().toMillis() + " ms";
        } else if (tls != null) {
            words = "no secure connection: " + tls.getMessage();
        } else if (within(failure, UnresolvedAddressException.class) != null) {
            words = "its host name is unknown";
        } else if (failure instanceof ConnectException) {
            words = "the connection was refused";
        } else {
            words = "the connection broke: " + failure.getMessage();
        }
        return failed(Status.UNKNOWN_ERROR, attempts > 1 ? words + " (tried " + attempts + " times)" : words);
    }

    /** The exception for a lookup whose deadline came first. */
    PlacesException timeOut() {
        return failed(Status.UNKNOWN_ERROR, "no whole answer within " + limits.deadline().toMillis() + " ms");
    }

    /** An exception with a status word and what is known, which may hold what an upstream said. */
    public PlacesException failed(Status status, String words) {
        ApiKey key = source.key();
        String safe = key == null ? words : key.redact(words);
        String brief = safe.length() > MAX_WORDS ? safe.substring(0, MAX_WORDS) + "..." : safe;
        return new PlacesException(status, source.kind().title() + ": " + brief);
    }

    /** A connection that broke in the handshake is the cause; of one that was only closed nothing but words is known. */
    private static boolean endedInHandshake(SSLException tls) {
        return tls.getCause() instanceof IOException || String.valueOf(tls.getMessage()).startsWith("Remote host ");
    }

    /**
     * The failure itself or the cause of it that is of this type, or null. The HTTP client wraps what ends a connection when a
     * reader already waits for the answer, and hands it on bare when none does yet: which of them is a matter of microseconds.
     */
    private static <T> @Nullable T within(IOException failure, Class<T> type) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (type.isInstance(cause)) {
                return type.cast(cause);
            }
        }
        return null;
    }
}
