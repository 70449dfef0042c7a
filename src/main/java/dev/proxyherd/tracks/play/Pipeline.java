package dev.proxyherd.tracks.play;

import dev.proxyherd.client.HerdClient;
import java.io.BufferedOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Sends commands without waiting for each answer; a virtual thread of its own reads and counts these. A server may close a
 * connection that was silent for long: when nothing is owed, the next command makes another.
 */
final class Pipeline implements AutoCloseable {
    /** How many commands may be unanswered: a server that is slow slows the sender. */
    private static final int WINDOW = 10_000;

    private static final long PATIENCE_SECONDS = 15;

    private final Semaphore window = new Semaphore(WINDOW);
    private final AtomicLong sent = new AtomicLong();
    private final AtomicLong answered = new AtomicLong();
    private final AtomicLong refused = new AtomicLong();
    private HerdClient server;
    private OutputStream out;
    private Thread reader;

    /** Why no more answers come; null while they may. */
    private volatile @Nullable IOException failure;

    Pipeline(HerdClient server) {
        talkTo(server);
    }

    private void talkTo(HerdClient connected) {
        failure = null;
        server = connected;
        out = new BufferedOutputStream(connected.output(), 1 << 16);
        reader = Thread.ofVirtual().name("answers").start(() -> readAnswers(connected));
    }

    void send(String command) throws IOException, InterruptedException {
        if (!window.tryAcquire()) {
            out.flush();
            if (!window.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                throw failure != null ? failure : new IOException("the server has answered nothing for a while");
            }
        }
        if (failure instanceof EOFException && !isOwed()) {
            server.close();
            talkTo(server.again());
        } else if (failure != null) {
            throw failure;
        }
        sent.incrementAndGet();
        out.write((command + '\n').getBytes(StandardCharsets.UTF_8));
    }

    void flush() throws IOException {
        out.flush();
    }

    private boolean isOwed() {
        return answered.get() < sent.get();
    }

    private void readAnswers(HerdClient from) {
        byte[] buffer = new byte[1 << 16];
        boolean lineStarts = true;
        try {
            for (int count = read(from.input(), buffer); count >= 0; count = read(from.input(), buffer)) {
                int lines = 0;
                for (int i = 0; i < count; i++) {
                    if (lineStarts && buffer[i] == '?') {
                        refused.incrementAndGet();
                    }
                    lineStarts = buffer[i] == '\n';
                    lines += lineStarts ? 1 : 0;
                }
                answered.addAndGet(lines);
                window.release(lines);
            }
            failure = new EOFException("the server closed the connection");
        } catch (IOException e) {
            failure = e;
        }
    }

    /** Reads some answers. A server is late only if it has owed one all the time: tracks have pauses. */
    private int read(InputStream answers, byte[] buffer) throws IOException {
        while (true) {
            boolean owed = isOwed();
            try {
                return answers.read(buffer);
            } catch (SocketTimeoutException e) {
                if (owed) {
                    throw e;
                }
            }
        }
    }

    long sent() {
        return sent.get();
    }

    long refused() {
        return refused.get();
    }

    /**
     * Sends what is buffered, says that no more will come, and waits for the answers that are still due.
     *
     * @throws IOException if they do not all come
     */
    void finish() throws IOException, InterruptedException {
        if (isOwed()) {
            out.flush();
            server.finish();
            reader.join(TimeUnit.SECONDS.toMillis(PATIENCE_SECONDS));
        }
        if (isOwed()) {
            throw new IOException(sent.get() - answered.get() + " of " + sent.get() + " reports were not answered"
                    + (failure == null ? "" : ": " + failure.getMessage()));
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
