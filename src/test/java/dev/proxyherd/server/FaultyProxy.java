package dev.proxyherd.server;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Stands in for a server's port and passes bytes on to it, as long as the test lets it. */
public final class FaultyProxy implements AutoCloseable {
    /** What it does with connections. */
    private enum State { PASSING, STALLED, CUT }

    private final int target;
    private final ServerSocket listener = new ServerSocket();
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final AtomicInteger connections = new AtomicInteger();
    private State state = State.PASSING;

    public FaultyProxy(int target) throws IOException {
        this.target = target;
        listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), FreePorts.next()));
        Thread.ofVirtual().name("proxy").start(this::acceptAll);
    }

    public int port() {
        return listener.getLocalPort();
    }

    /** How many connections have been made so far. */
    public int connections() {
        return connections.get();
    }

    /** Breaks all connections, and every new one at once, until it is healed. */
    public void cut() {
        become(State.CUT);
        sockets.forEach(FaultyProxy::closeQuietly);
    }

    /** Swallows nothing and passes nothing on: bytes pile up, as when the other end hangs. */
    public void stall() {
        become(State.STALLED);
    }

    /** Passes on again, what piled up first. */
    public void heal() {
        become(State.PASSING);
    }

    private void become(State next) {
        lock.lock();
        try {
            state = next;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void awaitPassing() throws IOException {
        lock.lock();
        try {
            while (state == State.STALLED) {
                changed.awaitUninterruptibly();
            }
            if (state == State.CUT) {
                throw new IOException("cut");
            }
        } finally {
            lock.unlock();
        }
    }

    private void acceptAll() {
        while (!listener.isClosed()) {
            try {
                Socket near = listener.accept();
                connections.incrementAndGet();
                sockets.add(near);
                Thread.ofVirtual().name("proxy").start(() -> join(near));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void join(Socket near) {
        try (near; Socket far = new Socket()) {
            sockets.add(far);
            awaitPassing();
            far.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), target));
            Thread back = Thread.ofVirtual().name("proxy").start(() -> copy(far, near));
            copy(near, far);
            back.join();
            sockets.remove(far);
        } catch (IOException | InterruptedException ended) {
            // Both ends are closed, which is how they learn of it.
        } finally {
            sockets.remove(near);
        }
    }

    private void copy(Socket from, Socket to) {
        byte[] buffer = new byte[16 * 1024];
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                awaitPassing();
                out.write(buffer, 0, count);
            }
            to.shutdownOutput();
        } catch (IOException broken) {
            closeQuietly(from);
            closeQuietly(to);
        }
    }

    private static void closeQuietly(Socket socket) {
        try {
            socket.close();
        } catch (IOException ignored) {
            // It is gone either way.
        }
    }

    @Override
    public void close() {
        try {
            listener.close();
        } catch (IOException ignored) {
            // Nobody can reach it either way.
        }
        cut();
    }
}
