package dev.proxyherd.tls;

import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What belongs together, and is changed together.
 *
 * @param authorities who must have issued other ends' certificates; null where any is taken
 */
public record TlsSet(Identity identity, @Nullable Authorities authorities) {

    /**
     * Why ends that have the same authorities would not accept the identity, in printable ASCII; or null. Without authorities
     * only its dates count: what others ask for is not known.
     *
     * @param names its owner's, of which the certificate must hold one where there are authorities
     */
    public @Nullable String objection(Instant now, Set<String> names) {
        if (authorities != null) {
            return authorities.objection(identity.chain(), now, names);
        }
        for (X509Certificate one : identity.chain()) {
            String fault = Authorities.faultOfDates(one, now);
            if (fault != null) {
                return Authorities
                        .printable("the certificate " + one.getSubjectX500Principal().getName() + ' ' + fault);
            }
        }
        return null;
    }
}
