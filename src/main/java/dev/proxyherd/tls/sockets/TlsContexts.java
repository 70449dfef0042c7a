package dev.proxyherd.tls.sockets;

import dev.proxyherd.io.TlsLayer;
import dev.proxyherd.tls.Identity;
import java.security.GeneralSecurityException;
import java.time.Duration;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import org.jspecify.annotations.Nullable;

/**
 * Lays TLS 1.3 over sockets. Each connection has a context of its own, so none finds a session of another to resume; an
 * acceptor sends no tickets either.
 */
public final class TlsContexts {
    /** The JDK sends tickets only where sessions end within the seven days that RFC 8446 allows one. */
    private static final Duration TICKETLESS = Duration.ofDays(8);

    private static final String[] VERSIONS = {"TLSv1.3"};

    private TlsContexts() {
    }

    /**
     * The dialling end, which takes any certificate: the caller is to check it.
     *
     * @param identity what this end shows if it is asked, or null
     */
    public static TlsLayer dialling(@Nullable Identity identity) {
        return diallingBy(keys(identity));
    }

    /** As {@link #dialling(Identity)}, without anything to show; {@code asked} runs where that is asked for. */
    static TlsLayer diallingWithout(Runnable asked) {
        return diallingBy(new NoKeyManager(asked));
    }

    private static TlsLayer diallingBy(@Nullable KeyManager keys) {
        return (plain, readAlready) -> {
            SSLSocket socket = (SSLSocket) context(keys, new LaterChecked()).getSocketFactory().createSocket(plain,
                    plain.getInetAddress().getHostAddress(), plain.getPort(), true);
            socket.setSSLParameters(parameters(false));
            return socket;
        };
    }

    /**
     * The accepting end.
     *
     * @param wantsCertificate whether the dialler must show a certificate; any is taken, and the caller is to check it
     */
    public static TlsLayer accepting(Identity identity, boolean wantsCertificate) {
        return (plain, readAlready) -> {
            SSLSocket socket = (SSLSocket) context(identity).getSocketFactory().createSocket(plain,
                    new ReplayedInput(readAlready, plain.getInputStream()), true);
            socket.setUseClientMode(false);
            socket.setSSLParameters(parameters(wantsCertificate));
            return socket;
        };
    }

    private static SSLParameters parameters(boolean wantsCertificate) {
        SSLParameters parameters = new SSLParameters();
        parameters.setProtocols(VERSIONS);
        parameters.setNeedClientAuth(wantsCertificate);
        return parameters;
    }

    private static SSLContext context(Identity identity) {
        SSLContext context = context(keys(identity), new LaterChecked());
        context.getServerSessionContext().setSessionTimeout((int) TICKETLESS.toSeconds());
        return context;
    }

    /** A context for a server whose clients show no certificate. */
    public static SSLContext forServer(Identity identity) {
        return context(keys(identity), null);
    }

    /** A context for a client that trusts what the JDK trusts and shows nothing; {@code asked} runs where it is asked to. */
    static SSLContext forClient(Runnable asked) {
        return context(new NoKeyManager(asked), null);
    }

    private static @Nullable KeyManager keys(@Nullable Identity identity) {
        return identity == null ? null : new OneKeyManager(identity);
    }

    /** @param trust null for what the JDK trusts */
    private static SSLContext context(@Nullable KeyManager keys, @Nullable TrustManager trust) {
        try {
            SSLContext context = SSLContext.getInstance(VERSIONS[0]);
            context.init(keys == null ? null : new KeyManager[] {keys},
                    trust == null ? null : new TrustManager[] {trust}, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has TLS 1.3", e);
        }
    }
}
