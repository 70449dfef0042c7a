package dev.proxyherd.io;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.List;

/** Connects to a listener that accepts nobody until its queue is full: it is as if nothing came back from its address. */
final class FullBacklog implements AutoCloseable {
    private static final int MILLIS = 300;
    private static final int MOST = 50;

    private final List<Socket> queued = new ArrayList<>();

    FullBacklog(ServerSocket listener) throws IOException {
        try {
            while (queued.size() < MOST) {
                Socket socket = new Socket();
                queued.add(socket);
                socket.connect(listener.getLocalSocketAddress(), MILLIS);
            }
        } catch (SocketTimeoutException full) {
            return;
        }
        throw new IllegalStateException("its queue has no end");
    }

    int connections() {
        return queued.size();
    }

    @Override
    public void close() throws IOException {
        for (Socket socket : queued) {
            socket.close();
        }
    }
}
