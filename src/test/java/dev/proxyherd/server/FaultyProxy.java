package dev.proxyherd.server;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;

/** Stands in for a server's port and passes bytes on to it, as long as the test lets it. */
public final class FaultyProxy implements AutoCloseable {
    /** What it does with connections. */
    private enum State {
        PASSING, STALLED, CUT, DELAYED, TRICKLING
    }

    private static final long DELAY_NANOS = 100_000_000;
    private static final long TRICKLE_NANOS = 200_000;
    private static final byte[] GARBAGE =
            "\0\u0001 this is no message of ours \u00ff\n".getBytes(StandardCharsets.ISO_8859_1);

    private final int target;
    private final ServerSocket listener = new ServerSocket();
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final AtomicInteger connections = new AtomicInteger();
    private final AtomicBoolean garbage = new AtomicBoolean();
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

    /** Passes everything on a tenth of a second late. */
    public void delay() {
        become(State.DELAYED);
    }

    /** Passes on byte by byte, a little apart. */
    public void trickle() {
        become(State.TRICKLING);
    }

    /** Puts a line that is none into what passes next, in one direction. */
    public void insertGarbage() {
        garbage.set(true);
    }

    /** Whether garbage still waits for something to pass. */
    public boolean hasGarbage() {
        return garbage.get();
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

    /** Waits as long as nothing passes, and says how it passes then. */
    private State awaitPassing() throws IOException {
        lock.lock();
        try {
            while (state == State.STALLED) {
                changed.awaitUninterruptibly();
            }
            if (state == State.CUT) {
                throw new IOException("cut");
            }
            return state;
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
                pass(buffer, count, out);
            }
            to.shutdownOutput();
        } catch (IOException broken) {
            closeQuietly(from);
            closeQuietly(to);
        }
    }

    private void pass(byte[] bytes, int count, OutputStream out) throws IOException {
        if (awaitPassing() == State.DELAYED) {
            LockSupport.parkNanos(DELAY_NANOS);
        }
        if (garbage.compareAndSet(true, false)) {
            out.write(GARBAGE);
        }
        int passed = 0;
        while (passed < count && awaitPassing() == State.TRICKLING) {
            out.write(bytes, passed++, 1);
            LockSupport.parkNanos(TRICKLE_NANOS);
        }
        out.write(bytes, passed, count - passed);
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
