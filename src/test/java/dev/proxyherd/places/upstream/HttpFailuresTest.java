package dev.proxyherd.places.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.EOFException;
import java.io.IOException;
import java.security.cert.CertificateException;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;

/** What is made of failures that the HTTP client gives in more than one shape; which one is a race inside of it. */
class HttpFailuresTest {
    private final HttpFailures failures = of("overpass");
    private final SSLException tls = new SSLException("Unrecognized SSL message, plaintext connection?");

    private static HttpFailures of(String provider) {
        PlacesSource source = PlacesSource.parse(provider);
        return new HttpFailures(source, PlacesLimits.defaultsFor(source));
    }

    @Test
    void aTlsFailureIsNotTriedAgainAndNamedWhetherBareOrWrapped() {
        for (IOException shape : new IOException[] {tls,
            new IOException("HTTP/1.1 header parser received no bytes", tls)}) {
            assertThat(failures.passing(shape)).isFalse();
            assertThat(failures.explain(shape, 1)).hasMessage("Overpass: no secure connection: " + tls.getMessage());
        }
    }

    @Test
    void aHandshakeIsTriedAgainWhereTheConnectionBrokeAndNotWhereACertificateIsWrong() {
        SSLException broke = new SSLHandshakeException("Remote host terminated the handshake", new EOFException());
        assertThat(failures.passing(broke)).isTrue();
        assertThat(failures.passing(new IOException("HTTP/1.1 header parser received no bytes", broke))).isTrue();
        assertThat(failures.passing(new SSLHandshakeException("no", new CertificateException()))).isFalse();
    }
}
