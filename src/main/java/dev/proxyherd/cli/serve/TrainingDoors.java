package dev.proxyherd.cli.serve;

import dev.proxyherd.topology.ServerAddress;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/** What phones send to an HTTP port, and what their map asks there, from a few at once. */
final class TrainingDoors {
    /** As many as HttpURLConnection keeps connections to a host, and fewer. */
    private static final int PHONES = 4;

    /** Of the requests of a round. */
    private static final int REPORTS = 8;

    private static final int ROUND = REPORTS + 2;
    private static final int LONGEST_WAIT_MILLIS = 30_000;

    private final ServerAddress http;

    TrainingDoors(ServerAddress http) {
        this.http = http;
    }

    /** Makes about so many requests, as far as there is {@linkplain TrainingLoad#MOST time} for them. */
    void visit(int requests) throws IOException, InterruptedException {
        long until = System.nanoTime() + TrainingLoad.MOST.toNanos();
        List<Future<?>> all = new ArrayList<>();
        // No virtual threads: before Java 24 one that waits here may hold what the servers' threads run on.
        try (ExecutorService phones = Executors.newFixedThreadPool(PHONES)) {
            for (int i = 0; i < PHONES; i++) {
                String phone = "phone-" + i;
                all.add(phones.submit(() -> {
                    for (int n = 0; n < requests / PHONES && System.nanoTime() - until < 0; n += ROUND) {
                        goRound(phone, n);
                    }
                    return phone;
                }));
            }
            for (Future<?> one : all) {
                one.get();
            }
        } catch (ExecutionException e) {
            throw new IOException("an HTTP port that trains: " + e.getCause(), e);
        }
    }

    private void goRound(String phone, int n) throws IOException {
        String latitude = String.format(Locale.ROOT, "51.%04d", n);
        for (int i = 0; i < REPORTS; i += 2) {
            request("/osmand?id=" + phone + "&lat=" + latitude + "&lon=-0.12&accuracy=9&timestamp=" + now(), null);
            request("/owntracks?u=" + phone + "&d=phone",
                    "{\"_type\":\"location\",\"tid\":\"ph\",\"acc\":9,\"lat\":" + latitude + ",\"lon\":-0.12,\"tst\":"
                            + now() + '}');
        }
        request("/api/nearby?lat=" + latitude + "&lon=-0.12&limit=20", null);
        request("/api/clients/" + phone, null);
    }

    private static long now() {
        return Instant.now().getEpochSecond();
    }

    private void request(String target, @Nullable String body) throws IOException {
        HttpURLConnection connection =
                (HttpURLConnection) URI.create("http://" + http + target).toURL().openConnection();
        connection.setReadTimeout(LONGEST_WAIT_MILLIS);
        if (body != null) {
            connection.setDoOutput(true);
            connection.setRequestProperty("Content-Type", "application/json");
            connection.getOutputStream().write(body.getBytes(StandardCharsets.UTF_8));
        }
        // Throws what a door refuses, with its status and URL.
        try (InputStream answer = connection.getInputStream()) {
            answer.readAllBytes();
        }
    }
}
