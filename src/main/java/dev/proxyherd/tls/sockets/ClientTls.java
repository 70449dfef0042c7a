package dev.proxyherd.tls.sockets;

import dev.proxyherd.tls.Authorities;
import java.io.IOException;
import java.net.Socket;
import java.security.cert.CertPathBuilderException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/**
 * How a client in TLS makes sure that it has reached the server that it means.
 *
 * @param authorities who must have issued the server's certificate; null for those that Java trusts, and then it must be for
 *     the host
 * @param names of which the certificate must hold one, where authorities are given
 */
public record ClientTls(@Nullable Authorities authorities, Set<String> names) {
    private static final String[] VERSIONS = {"TLSv1.3"};

    /**
     * Lays TLS over a connected socket and shakes hands.
     *
     * @param asked runs where the server wants a certificate; none is shown
     */
    public Socket over(Socket plain, String host, Runnable asked) throws IOException {
        if (authorities == null) {
            SSLSocket socket = (SSLSocket) TlsContexts.forClient(asked).getSocketFactory().createSocket(plain,
                    host, plain.getPort(), true);
            SSLParameters parameters = socket.getSSLParameters();
            parameters.setProtocols(VERSIONS);
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
            socket.setSSLParameters(parameters);
            try {
                socket.startHandshake();
            } catch (SSLException e) {
                throw new IOException(why(e), e);
            }
            return socket;
        }
        SSLSocket socket = TlsContexts.diallingWithout(asked).over(plain, new byte[0]);
        socket.startHandshake();
        List<X509Certificate> chain = new ArrayList<>();
        for (java.security.cert.Certificate one : socket.getSession().getPeerCertificates()) {
            chain.add((X509Certificate) one);
        }
        String objection = authorities.objection(chain, Instant.now(), names);
        if (objection != null) {
            throw new IOException(objection);
        }
        return socket;
    }

    private static String why(SSLException failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof CertPathBuilderException) {
                return "its certificate is signed by nobody that this machine trusts; "
                        + "--tls-ca FILE names the authorities to trust";
            }
        }
        return failure.getMessage() + " (--tls-ca names the authorities to trust)";
    }
}
