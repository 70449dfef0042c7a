package dev.proxyherd.tls;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The names that a certificate is for: its subject alternative names of the kinds DNS and IP.
 *
 * @param dns in lower case; the first label may be {@code *}, for any one
 */
record CertificateNames(List<String> dns, List<InetAddress> addresses) {
    private static final int DNS = 2;
    private static final int IP = 7;

    static CertificateNames of(X509Certificate certificate) {
        List<String> dns = new ArrayList<>();
        List<InetAddress> addresses = new ArrayList<>();
        try {
            Collection<List<?>> all = certificate.getSubjectAlternativeNames();
            for (List<?> one : all == null ? List.<List<?>>of() : all) {
                int kind = (Integer) one.get(0);
                if (kind == DNS) {
                    dns.add(((String) one.get(1)).toLowerCase(Locale.ROOT));
                } else if (kind == IP) {
                    addresses.add(InetAddress.getByName((String) one.get(1)));
                }
            }
        } catch (CertificateParsingException | UnknownHostException damaged) {
            // Then it is for nobody beyond those that were read.
        }
        return new CertificateNames(List.copyOf(dns), List.copyOf(addresses));
    }

    /** Whether one of these is among them: a server's name, a host's, or an address in digits. */
    boolean matchesAny(Collection<String> names) {
        return names.stream().anyMatch(this::matches);
    }

    private boolean matches(String name) {
        InetAddress address = literal(name);
        if (address != null) {
            return addresses.contains(address);
        }
        String wanted = name.toLowerCase(Locale.ROOT);
        int dot = wanted.indexOf('.');
        return dns.contains(wanted) || (dot > 0 && dns.contains('*' + wanted.substring(dot)));
    }

    /** The address that the text is in digits, or null: no name service is asked. */
    private static @Nullable InetAddress literal(String text) {
        if (text.indexOf(':') < 0 && !text.matches("\\d+(\\.\\d+){3}")) {
            return null;
        }
        try {
            return InetAddress.getByName(text);
        } catch (UnknownHostException none) {
            return null;
        }
    }

    @Override
    public String toString() {
        List<String> all = new ArrayList<>(dns);
        addresses.forEach(address -> all.add(address.getHostAddress()));
        return all.isEmpty() ? "no name (it has no subject alternative names)" : String.join(", ", all);
    }
}
