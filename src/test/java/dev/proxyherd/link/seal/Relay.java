package dev.proxyherd.link.seal;

import dev.proxyherd.server.FreePorts;
import dev.proxyherd.tls.Identity;
import dev.proxyherd.tls.sockets.TlsContexts;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.SSLSocket;

/**
 * Stands between a server and its neighbour, and keeps all that passes. With an identity of its own it ends TLS on both sides,
 * and so sees what is inside.
 */
final class Relay implements AutoCloseable {
    private static final byte[] NOTHING = {};

    private final int target;
    private final Identity identity;
    private final ServerSocket listener = new ServerSocket();
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private final List<ByteArrayOutputStream> said = new CopyOnWriteArrayList<>();
    private final List<ByteArrayOutputStream> answered = new CopyOnWriteArrayList<>();

    /** @param identity null to pass on the bytes as they are */
    Relay(int target, Identity identity) throws IOException {
        this.target = target;
        this.identity = identity;
        listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), FreePorts.next()));
        Thread.ofVirtual().start(this::acceptAll);
    }

    int port() {
        return listener.getLocalPort();
    }

    /** All that diallers have said, one connection after the other; each byte is a character. */
    String said() {
        return text(said);
    }

    /** All that they have been answered. */
    String answered() {
        return text(answered);
    }

    /** What the first dialler has said. */
    byte[] firstSaid() {
        return said.getFirst().toByteArray();
    }

    private static String text(List<ByteArrayOutputStream> all) {
        StringBuilder text = new StringBuilder();
        all.forEach(one -> text.append(one.toString(StandardCharsets.ISO_8859_1)));
        return text.toString();
    }

    private void acceptAll() {
        try {
            while (true) {
                Socket near = listener.accept();
                sockets.add(near);
                Thread.ofVirtual().start(() -> relay(near));
            }
        } catch (IOException closed) {
            // The test is over.
        }
    }

    private void relay(Socket near) {
        try (near; Socket far = new Socket(InetAddress.getLoopbackAddress(), target)) {
            sockets.add(far);
            Socket inner = near;
            Socket outer = far;
            if (identity != null) {
                SSLSocket accepted = TlsContexts.accepting(identity, true).over(near, NOTHING);
                accepted.startHandshake();
                SSLSocket dialled = TlsContexts.dialling(identity).over(far, NOTHING);
                dialled.startHandshake();
                inner = accepted;
                outer = dialled;
            }
            InputStream back = outer.getInputStream();
            OutputStream to = inner.getOutputStream();
            Thread answers = Thread.ofVirtual().start(() -> pump(back, to, answered));
            pump(inner.getInputStream(), outer.getOutputStream(), said);
            answers.join();
        } catch (IOException | InterruptedException ended) {
            // One of the ends wants no more.
        }
    }

    private static void pump(InputStream from, OutputStream to, List<ByteArrayOutputStream> kept) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        kept.add(all);
        byte[] buffer = new byte[8192];
        try {
            for (int count = from.read(buffer); count >= 0; count = from.read(buffer)) {
                all.write(buffer, 0, count);
                to.write(buffer, 0, count);
            }
            to.close();
        } catch (IOException ended) {
            try {
                to.close();
                from.close();
            } catch (IOException alreadyClosed) {
                // That was to be.
            }
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
        for (Socket socket : sockets) {
            socket.close();
        }
    }
}
