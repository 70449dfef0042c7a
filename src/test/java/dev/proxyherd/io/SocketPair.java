package dev.proxyherd.io;

import java.io.FilterInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Two connected sockets on loopback: one under watch, and its peer. */
final class SocketPair implements AutoCloseable {
    final Socket peer;
    final WatchedSocket watched;
    private final Near near;

    /** @param splits how many bytes must have been read before a read goes on, in rising order */
    SocketPair(int... splits) throws IOException {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            near = new Near(server, splits);
            peer = server.accept();
            watched = new WatchedSocket(near);
        }
    }

    /** Lets the peer say something. */
    void say(String text) throws IOException {
        peer.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
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
