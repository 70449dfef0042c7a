package dev.proxyherd.io;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.Certificate;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;

/**
 * What the two ends of a TLS connection showed each other; each has proved that it holds the key of its first certificate.
 *
 * @param own this end's certificates, the one of its key first; empty where it showed none
 * @param peer the other end's
 */
public record Seal(List<X509Certificate> own, List<X509Certificate> peer) {
    public Seal {
        own = List.copyOf(own);
        peer = List.copyOf(peer);
    }

    static Seal of(SSLSession session) {
        Certificate[] own = session.getLocalCertificates();
        try {
            return new Seal(x509(own == null ? new Certificate[0] : own), x509(session.getPeerCertificates()));
        } catch (SSLPeerUnverifiedException none) {
            return new Seal(x509(own == null ? new Certificate[0] : own), List.of());
        }
    }

    private static List<X509Certificate> x509(Certificate[] chain) {
        List<X509Certificate> all = new ArrayList<>();
        for (Certificate one : chain) {
            all.add((X509Certificate) one);
        }
        return all;
    }

    /** The SHA-256 of this end's certificate (its DER), in hexadecimal digits; {@code -} where it showed none. */
    public String ownHash() {
        return hash(own);
    }

    /** The SHA-256 of the other end's certificate (its DER), in hexadecimal digits; {@code -} where it showed none. */
    public String peerHash() {
        return hash(peer);
    }

    private static String hash(List<X509Certificate> chain) {
        if (chain.isEmpty()) {
            return "-";
        }
        try {
            byte[] der = chain.getFirst().getEncoded();
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(der));
        } catch (CertificateEncodingException e) {
            throw new IllegalStateException("it was decoded a moment ago", e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
