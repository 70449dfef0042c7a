package dev.proxyherd.io;

import dev.proxyherd.tls.Identity;
import dev.proxyherd.tls.SelfSigned;
import dev.proxyherd.tls.sockets.TlsContexts;
import java.io.FilterInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;

/** Two connected sockets on loopback: one under watch, and its peer. */
final class SocketPair implements AutoCloseable {
    private static final Identity IDENTITY = SelfSigned.make("near");

    final Socket peer;
    private final Socket plainPeer;
    final WatchedSocket watched;
    private final Near near;

    /** @param splits how many bytes must have been read before a read goes on, in rising order */
    SocketPair(int... splits) throws IOException {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            near = new Near(server, splits);
            peer = server.accept();
            plainPeer = peer;
            watched = new WatchedSocket(near);
        }
    }

    private SocketPair(Socket plainPeer, Socket peer, WatchedSocket watched, Near near) {
        this.plainPeer = plainPeer;
        this.peer = peer;
        this.watched = watched;
        this.near = near;
    }

    /** The same two in TLS: the one under watch is the accepting end. Its writes are what goes out, record by record. */
    static SocketPair inTls() throws IOException {
        SocketPair plain = new SocketPair();
        SSLSocket peer = plain.shakeHands(TlsContexts.dialling(null));
        plain.near.writes.clear();
        return new SocketPair(plain.peer, peer, plain.watched, plain.near);
    }

    /** A client's context that remembers sessions, and trusts the one under watch. */
    static SSLContext trusting() throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        store.setCertificateEntry("near", IDENTITY.chain().getFirst());
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(store);
        SSLContext context = SSLContext.getInstance("TLSv1.3");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }

    /** How many bytes the accepting end needs to shake hands with a client, which then has read something. */
    static int bytesOfHandshake(SSLContext client) throws IOException {
        try (SocketPair plain = new SocketPair()) {
            SSLSocket peer = plain.shakeHands((socket, before) -> (SSLSocket) client.getSocketFactory()
                    .createSocket(socket, "localhost", 1, true));
            int bytes = plain.near.writes.stream().mapToInt(Integer::intValue).sum();
            plain.watched.write(new byte[] {'!'}, 0, 1);
            if (peer.getInputStream().read() != '!') {
                throw new AssertionError("another byte");
            }
            return bytes;
        }
    }

    private SSLSocket shakeHands(TlsLayer layer) throws IOException {
        SSLSocket over = layer.over(peer, new byte[0]);
        CompletableFuture<Void> dialling = CompletableFuture.runAsync(() -> {
            try {
                over.startHandshake();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        watched.seal(TlsContexts.accepting(IDENTITY, false), new byte[0]);
        dialling.join();
        return over;
    }

    /** Lets the peer say something. */
    void say(String text) throws IOException {
        peer.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** Ends what the peer sends beneath TLS, as anybody on the way could. */
    void cut() throws IOException {
        plainPeer.shutdownOutput();
    }

    /** Writes beneath TLS without end, so that the system soon takes nothing more. */
    void fillBeneath() {
        Thread.ofVirtual().start(() -> {
            try (OutputStream beneath = near.getOutputStream()) {
                while (true) {
                    beneath.write(new byte[1 << 16]);
                }
            } catch (IOException closed) {
                // The test has seen enough.
            }
        });
    }

    /** Lets the peer say its last. */
    void sayLast(byte[] bytes) throws IOException {
        Thread.ofVirtual().start(() -> {
            try {
                peer.getOutputStream().write(bytes);
                peer.shutdownOutput();
            } catch (IOException nobodyReads) {
                // The test has seen enough.
            }
        });
    }

    /** How many bytes each write to the socket had. */
    List<Integer> writes() {
        return near.writes;
    }

    @Override
    public void close() throws IOException {
        peer.close();
        watched.close();
    }

    /** A connected socket whose reads stop at given places and whose writes are noted. */
    private static final class Near extends Socket {
        private final List<Integer> splits = new ArrayList<>();
        private final List<Integer> writes = new CopyOnWriteArrayList<>();
        private int position;

        Near(ServerSocket server, int... splits) throws IOException {
            super(server.getInetAddress(), server.getLocalPort());
            for (int split : splits) {
                this.splits.add(split);
            }
        }

        @Override
        public InputStream getInputStream() throws IOException {
            return new FilterInputStream(super.getInputStream()) {
                @Override
                public int read(byte[] buffer, int offset, int length) throws IOException {
                    while (!splits.isEmpty() && splits.getFirst() <= position) {
                        splits.removeFirst();
                    }
                    int most = splits.isEmpty() ? length : Math.min(length, splits.getFirst() - position);
                    int count = in.read(buffer, offset, most);
                    position += Math.max(count, 0);
                    return count;
                }
            };
        }

        @Override
        public OutputStream getOutputStream() throws IOException {
            return new FilterOutputStream(super.getOutputStream()) {
                @Override
                public void write(byte[] buffer, int offset, int length) throws IOException {
                    writes.add(length);
                    out.write(buffer, offset, length);
                }
            };
        }
    }
}
