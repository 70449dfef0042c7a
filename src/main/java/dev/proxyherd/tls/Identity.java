package dev.proxyherd.tls;

import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;

/**
 * What an end of a TLS connection shows of itself.
 *
 * @param chain one or more certificates; the first is that of the key, each further one belongs to who issued the one before
 */
public record Identity(PrivateKey key, List<X509Certificate> chain) {
    public Identity {
        chain = List.copyOf(chain);
    }

    /** The first moment at which one of the certificates is not valid any more. */
    public Instant expiry() {
        Instant soonest = Instant.MAX;
        for (X509Certificate one : chain) {
            Instant end = one.getNotAfter().toInstant();
            soonest = end.isBefore(soonest) ? end : soonest;
        }
        return soonest;
    }

    @Override
    public String toString() {
        return "Identity";
    }
}
