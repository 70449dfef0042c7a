package dev.proxyherd.server;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/** Clients that report to servers all the time, come what may, and note what was acknowledged. */
public final class Load implements AutoCloseable {
    private static final int PIPELINED = 20;

    private final Acknowledged acknowledged;
    private final int clients;
    private final List<Thread> threads = new ArrayList<>();
    private final AtomicLong lost = new AtomicLong();
    private volatile boolean ended;

    /** @param clients how many clients there are, so that reports about one reach several servers */
    public Load(Acknowledged acknowledged, int clients) {
        this.acknowledged = acknowledged;
        this.clients = clients;
    }

    /** Starts to report to the server at this port. */
    public Load to(int port, long seed) {
        threads.add(Thread.ofPlatform().name("load-" + port).start(() -> report(port, new Random(seed))));
        return this;
    }

    private void report(int port, Random random) {
        while (!ended) {
            try (RawClient client = new RawClient(port)) {
                while (!ended) {
                    reportSome(client, random);
                }
            } catch (IOException serverIsAway) {
                lost.incrementAndGet();
                LockSupport.parkNanos(1_000_000);
            }
        }
    }

    /** Times go up, with some that lose and some that tie. */
    private void reportSome(RawClient client, Random random) throws IOException {
        StringBuilder commands = new StringBuilder();
        for (int i = 0; i < PIPELINED; i++) {
            long millis = System.currentTimeMillis() - random.nextInt(50);
            commands.append("IAMAT c").append(random.nextInt(clients)).append(" +").append(random.nextInt(90))
                    .append("-1 ")
                    .append(millis / 1000).append('.').append(String.format("%03d", millis % 1000)).append('\n');
        }
        client.send(commands.toString());
        for (int i = 0; i < PIPELINED; i++) {
            acknowledged.add(client.readLine());
        }
    }

    /** How often a connection has ended that should not, or was not to be had. */
    public long lost() {
        return lost.get();
    }

    /** Ends the reports. */
    @Override
    public void close() {
        ended = true;
        for (Thread thread : threads) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
