package dev.proxyherd.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Clients that report to one server again and again, on one connection of {@code herd send}, until they are ended. */
final class SteadyReports implements AutoCloseable {
    static final int CLIENTS = 100;

    private static final int EACH_MILLIS = 200;
    private static final int TIME = 4;
    private static final int CLIENT = 3;

    private final HerdProcess send;
    private final String prefix;
    private final ScheduledExecutorService pace = Executors.newSingleThreadScheduledExecutor();
    private int rounds;

    SteadyReports(HerdProcess send, String prefix) {
        this.send = send;
        this.prefix = prefix;
        var unused = pace.scheduleAtFixedRate(this::round, 0, EACH_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** Each client is at another time; an exception ends the rounds. */
    private void round() {
        rounds++;
        StringBuilder reports = new StringBuilder();
        for (int i = 0; i < CLIENTS; i++) {
            reports.append("IAMAT ").append(prefix).append(i).append(" +34-118 ").append(rounds).append('\n');
        }
        try {
            OutputStream in = send.in();
            in.write(reports.toString().getBytes(StandardCharsets.US_ASCII));
            in.flush();
        } catch (IOException ended) {
            throw new IllegalStateException(ended);
        }
    }

    /** Whether the server has let its clients be. */
    boolean areConnected() {
        return send.isAlive();
    }

    /** The newest time of each client that the server has acknowledged. */
    Map<String, Integer> acknowledged() throws IOException {
        Map<String, Integer> newest = new HashMap<>();
        send.out().lines().forEach(line -> note(line, newest));
        return newest;
    }

    /** What an AT line says of a client's time. */
    static void note(String line, Map<String, Integer> newest) {
        String[] words = line.split(" ");
        if (words[0].equals("AT") && words.length == TIME + 2) {
            newest.merge(words[CLIENT], Integer.valueOf(words[TIME + 1]), Math::max);
        }
    }

    /** Ends, and makes sure that the server has answered all of it. */
    void end() throws IOException {
        assertThat(areConnected()).as("%s is still connected", prefix).isTrue();
        stop();
        send.in().close();
        assertThat(send.exitCode()).as("%s", send.err()).isZero();
        assertThat(send.out().lines().filter(line -> line.startsWith("AT ")).count()).as("answers to %s", prefix)
                .isEqualTo((long) rounds * CLIENTS);
    }

    private void stop() {
        pace.shutdownNow();
        try {
            pace.awaitTermination(1, TimeUnit.MINUTES);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        stop();
        send.close();
    }
}
