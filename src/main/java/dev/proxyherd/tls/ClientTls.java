package dev.proxyherd.tls;

import java.io.IOException;
import java.net.Socket;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
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

    /** Lays TLS over a connected socket and shakes hands. */
    public Socket over(Socket plain, String host) throws IOException {
        if (authorities == null) {
            SSLSocket socket = (SSLSocket) ((SSLSocketFactory) SSLSocketFactory.getDefault()).createSocket(plain, host,
                    plain.getPort(), true);
            SSLParameters parameters = socket.getSSLParameters();
            parameters.setProtocols(VERSIONS);
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
            socket.setSSLParameters(parameters);
            socket.startHandshake();
            return socket;
        }
        SSLSocket socket = TlsContexts.dialling(null).over(plain, new byte[0]);
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
}
