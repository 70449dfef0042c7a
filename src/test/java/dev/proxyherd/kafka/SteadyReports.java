package dev.proxyherd.kafka;

import dev.proxyherd.server.Acknowledged;
import dev.proxyherd.server.Await;
import dev.proxyherd.server.RawClient;
import dev.proxyherd.server.TestHerd;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;

/** Clients that report to servers of several herds, some hundred times a second, and note what was acknowledged; late reports are among them. */
final class SteadyReports implements AutoCloseable {
    private static final int PIPELINED = 10;
    private static final long PAUSE_NANOS = 30_000_000;
    private static final int LATEST_MILLIS = 3_000;

    private final Acknowledged acknowledged = new Acknowledged();
    private final List<RawClient> connections = new ArrayList<>();
    private final Random random;
    private final int clients;
    private final Thread thread;
    private volatile boolean ended;

    SteadyReports(long seed, int clients, TestHerd... herds) throws IOException {
        this.random = new Random(seed);
        this.clients = clients;
        for (TestHerd herd : herds) {
            for (String name : herd.names()) {
                connections.add(herd.connect(name));
            }
        }
        this.thread = Thread.ofVirtual().name("reports").start(this::report);
    }

    private void report() {
        try {
            while (!ended) {
                RawClient connection = connections.get(random.nextInt(connections.size()));
                StringBuilder lines = new StringBuilder();
                for (int i = 0; i < PIPELINED; i++) {
                    long millis = System.currentTimeMillis() - random.nextInt(LATEST_MILLIS);
                    lines.append("IAMAT c").append(random.nextInt(clients)).append(" +").append(random.nextInt(90))
                            .append("-1 ").append(millis / 1000).append('.')
                            .append(String.format("%03d", millis % 1000)).append('\n');
                }
                connection.send(lines.toString());
                for (int i = 0; i < PIPELINED; i++) {
                    acknowledged.add(connection.readLine());
                }
                LockSupport.parkNanos(PAUSE_NANOS);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits until so many more reports were answered. */
    void awaitMore(String when, int answers) {
        long goal = acknowledged.answers() + answers;
        Await.until("reports are answered " + when, () -> acknowledged.answers() >= goal);
    }

    Acknowledged acknowledged() {
        return acknowledged;
    }

    /** Ends the reports; all of them are answered then. */
    @Override
    public void close() {
        ended = true;
        try {
            Await.end(thread);
            for (RawClient connection : connections) {
                connection.close();
            }
        } catch (InterruptedException | IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
