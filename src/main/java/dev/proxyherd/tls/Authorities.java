package dev.proxyherd.tls;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.CertPathBuilder;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertStore;
import java.security.cert.CertificateParsingException;
import java.security.cert.CollectionCertStoreParameters;
import java.security.cert.PKIXBuilderParameters;
import java.security.cert.PKIXCertPathBuilderResult;
import java.security.cert.TrustAnchor;
import java.security.cert.X509CertSelector;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Collection;
import java.util.Date;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who may issue other ends' certificates. A certificate that is here itself is trusted, too; one that is no authority's (RFC
 * 5280, 4.2.1.9) is trusted for itself alone, and what its key has signed is not.
 */
public final class Authorities {
    private static final int MAX_WORDS = 800;

    /** Where a certificate's key usage says whether it may sign others. */
    private static final int KEY_CERT_SIGN = 5;

    private static final String FOR_SERVERS = "1.3.6.1.5.5.7.3.1";
    private static final String FOR_CLIENTS = "1.3.6.1.5.5.7.3.2";
    private static final String FOR_ANYTHING = "2.5.29.37.0";
    private static final Set<String> USAGES = Set.of(FOR_SERVERS, FOR_CLIENTS, FOR_ANYTHING);
    private static final Set<String> CLIENT_USAGES = Set.of(FOR_CLIENTS, FOR_ANYTHING);

    private final Path path;
    private final Set<X509Certificate> trusted;

    private Authorities(Path path, Collection<X509Certificate> trusted) {
        this.path = path;
        this.trusted = Set.copyOf(trusted);
    }

    /** @throws IOException if there is no certificate in the file, or one is damaged; the message names the file */
    public static Authorities read(Path path) throws IOException {
        return parse(path, Pem.content(path));
    }

    /**
     * Reads what a file holds.
     *
     * @param path for messages
     * @throws IOException if there is no certificate in it, or one is damaged; the message names the file
     */
    public static Authorities parse(Path path, byte[] content) throws IOException {
        return new Authorities(path, Pem.parse(path, content).certificates());
    }

    /** No file of certificates is larger, in bytes. */
    public static int maxBytes() {
        return Pem.MAX_BYTES;
    }

    /**
     * Why a client of a server is not one that these have issued a certificate for, in printable ASCII; or null. One that is
     * for servers only does not do.
     *
     * @param chain what it has shown, the certificate of its key first
     */
    public @Nullable String objectionToClient(List<X509Certificate> chain, Instant now) {
        if (chain.isEmpty()) {
            return "no certificate is shown, and one is wanted here (--tls-client-ca)";
        }
        String fault = faultOfPath(chain, now);
        return fault != null ? objection(chain.getFirst(), fault)
                : mayServe(chain.getFirst(), CLIENT_USAGES) ? null
                : objection(chain.getFirst(), "is not for clients in TLS, as its key usage says");
    }

    /**
     * Why the other end of a connection is not the one that is meant, in printable ASCII; or null. That a certificate may
     * serve for servers, for clients or for nothing in particular is all the same: neighbours are both.
     *
     * @param chain what it has shown, the certificate of its key first
     * @param names of which the certificate must hold one; empty if any will do
     */
    public @Nullable String objection(List<X509Certificate> chain, Instant now, Set<String> names) {
        if (chain.isEmpty()) {
            return "no certificate is shown, and one is wanted here (--tls-ca)";
        }
        X509Certificate leaf = chain.getFirst();
        String fault = faultOfPath(chain, now);
        if (fault == null && !mayServe(leaf, USAGES)) {
            fault = "is not for TLS, as its key usage says";
        }
        if (fault == null && !names.isEmpty() && !CertificateNames.of(leaf).matchesAny(names)) {
            fault = "is for " + CertificateNames.of(leaf) + ", not for " + String.join(" or ", names);
        }
        return fault == null ? null : objection(leaf, fault);
    }

    private static String objection(X509Certificate leaf, String fault) {
        return printable("the certificate " + leaf.getSubjectX500Principal().getName() + ' ' + fault);
    }

    /** Part of this has been written by whoever made the certificate, and it goes to logs and terminals. */
    static String printable(String text) {
        String ascii = text.replaceAll("[^ -~]", "?");
        return ascii.length() > MAX_WORDS ? ascii.substring(0, MAX_WORDS) : ascii;
    }

    private @Nullable String faultOfPath(List<X509Certificate> chain, Instant now) {
        for (X509Certificate one : chain) {
            String fault = faultOfDates(one, now);
            if (fault != null) {
                return one.equals(chain.getFirst()) ? fault
                        : "stands on one (" + one.getSubjectX500Principal().getName() + ") that " + fault;
            }
        }
        X509Certificate leaf = chain.getFirst();
        if (trusted.contains(leaf)) {
            return null;
        }
        if (leaf.getIssuerX500Principal().equals(leaf.getSubjectX500Principal())) {
            return "is self-signed, and one of an authority in " + path
                    + " is wanted here; give certificates to all servers and commands, or to none";
        }
        Set<TrustAnchor> anchors = anchors();
        if (anchors.isEmpty()) {
            return "does not come from an authority in " + path + "; what is there is trusted for itself alone, as its"
                    + " basic constraints or its key usage do not say that it may issue certificates";
        }
        try {
            X509Certificate anchor = anchor(anchors, chain, now);
            String fault = faultOfDates(anchor, now);
            return fault == null ? null : "comes from an authority whose own certificate " + fault;
        } catch (CertPathBuilderException e) {
            return "does not come from an authority in " + path + "; " + leaf.getIssuerX500Principal().getName()
                    + " has issued it (" + e.getMessage() + ')';
        }
    }

    private Set<TrustAnchor> anchors() {
        Set<TrustAnchor> anchors = new HashSet<>();
        trusted.stream().filter(Authorities::mayIssue).forEach(one -> anchors.add(new TrustAnchor(one, null)));
        return anchors;
    }

    /** PKIX does not ask that of those that it starts from. */
    private static boolean mayIssue(X509Certificate certificate) {
        boolean[] usage = certificate.getKeyUsage();
        return certificate.getBasicConstraints() >= 0 && (usage == null || usage[KEY_CERT_SIGN]);
    }

    private static X509Certificate anchor(Set<TrustAnchor> anchors, List<X509Certificate> chain, Instant now)
            throws CertPathBuilderException {
        X509CertSelector leaf = new X509CertSelector();
        leaf.setCertificate(chain.getFirst());
        try {
            PKIXBuilderParameters parameters = new PKIXBuilderParameters(anchors, leaf);
            parameters.addCertStore(CertStore.getInstance("Collection", new CollectionCertStoreParameters(chain)));
            parameters.setRevocationEnabled(false);
            parameters.setDate(Date.from(now));
            return ((PKIXCertPathBuilderResult) CertPathBuilder.getInstance("PKIX").build(parameters)).getTrustAnchor()
                    .getTrustedCert();
        } catch (CertPathBuilderException e) {
            throw e;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has PKIX", e);
        }
    }

    /** Why it is not valid now, in words, or null. The time now is left out, so that a reason stays the same and is told once. */
    static @Nullable String faultOfDates(X509Certificate certificate, Instant now) {
        Instant from = certificate.getNotBefore().toInstant();
        Instant to = certificate.getNotAfter().toInstant();
        if (now.isBefore(from)) {
            return "is not valid before " + from;
        }
        return now.isAfter(to) ? "has expired at " + to : null;
    }

    private static boolean mayServe(X509Certificate leaf, Set<String> usages) {
        boolean[] usage = leaf.getKeyUsage();
        if (usage != null && !usage[0]) {
            return false;
        }
        try {
            List<String> extended = leaf.getExtendedKeyUsage();
            return extended == null || extended.stream().anyMatch(usages::contains);
        } catch (CertificateParsingException damaged) {
            return false;
        }
    }
}
