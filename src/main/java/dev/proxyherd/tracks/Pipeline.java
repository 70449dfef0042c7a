package dev.proxyherd.tracks;

import dev.proxyherd.client.HerdClient;
import java.io.BufferedOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** Sends commands without waiting for each answer; a virtual thread of its own reads and counts these. */
final class Pipeline implements AutoCloseable {
    /** How many commands may be unanswered: a server that is slow slows the sender. */
    private static final int WINDOW = 10_000;

    private static final long PATIENCE_SECONDS = 15;

    private final HerdClient server;
    private final OutputStream out;
    private final Semaphore window = new Semaphore(WINDOW);
    private final AtomicLong sent = new AtomicLong();
    private final AtomicLong answered = new AtomicLong();
    private final AtomicLong refused = new AtomicLong();
    private final Thread reader;
    private volatile IOException failure;

    Pipeline(HerdClient server) {
        this.server = server;
        this.out = new BufferedOutputStream(server.output(), 1 << 16);
        this.reader = Thread.ofVirtual().name("answers").start(this::readAnswers);
    }

    void send(String command) throws IOException, InterruptedException {
        if (!window.tryAcquire()) {
            out.flush();
            if (!window.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                throw failure != null ? failure : new IOException("the server has answered nothing for a while");
            }
        }
        if (failure != null) {
            throw failure;
        }
        out.write((command + '\n').getBytes(StandardCharsets.UTF_8));
        sent.incrementAndGet();
    }

    void flush() throws IOException {
        out.flush();
    }

    private void readAnswers() {
        byte[] buffer = new byte[1 << 16];
        boolean lineStarts = true;
        try {
            InputStream in = server.input();
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
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

    long sent() {
        return sent.get();
    }

    long refused() {
        return refused.get();
    }

    long answered() {
        return answered.get();
    }

    /** Sends what is buffered, says that no more will come, and waits for the answers that are still due. */
    void finish() throws IOException, InterruptedException {
        out.flush();
        server.finish();
        reader.join(TimeUnit.SECONDS.toMillis(PATIENCE_SECONDS));
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
