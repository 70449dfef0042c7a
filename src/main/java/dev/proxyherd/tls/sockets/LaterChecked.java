package dev.proxyherd.tls.sockets;

import dev.proxyherd.tls.Authorities;
import java.net.Socket;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/**
 * Takes any certificate, whose holder TLS has then shown to hold its key. It is not left at that: on a link the proofs of the
 * handshake that follows cover the certificates of both ends, so nobody who does not hold the herd's secret can stand
 * between; and where there are {@link Authorities}, they are asked as soon as it is known which server the other end claims
 * to be, before it is believed anything. TLS itself could not ask that on the accepting side, nor tell the other end why it
 * is refused.
 */
final class LaterChecked extends X509ExtendedTrustManager {
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, @Nullable Socket socket) {
        // see above
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, @Nullable Socket socket) {
        // see above
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, @Nullable SSLEngine engine) {
        // see above
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, @Nullable SSLEngine engine) {
        // see above
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType) {
        // see above
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) {
        // see above
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return new X509Certificate[0];
    }
}
