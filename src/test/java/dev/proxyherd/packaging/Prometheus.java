package dev.proxyherd.packaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.proxyherd.server.Await;
import dev.proxyherd.server.FreePorts;
import dev.proxyherd.server.SystemCommand;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A real Prometheus, which scrapes HTTP ports once a second and goes by the rules that are shipped. */
final class Prometheus implements AutoCloseable {
    /** What it shows to servers. */
    static final String TOKEN = "a-token-that-nobody-guesses";

    private final HttpClient http = HttpClient.newHttpClient();
    private final int port = FreePorts.next();
    private final Process process;
    private final Path log;

    private Prometheus(Path dir, Path config) throws IOException {
        log = dir.resolve("prometheus.log");
        process = new ProcessBuilder("prometheus", "--config.file=" + config, "--storage.tsdb.path=" + dir,
                "--web.listen-address=127.0.0.1:" + port, "--log.level=warn")
                .redirectErrorStream(true).redirectOutput(log.toFile()).start();
    }

    /** Skips the test where none is installed. */
    static void assumeInstalled() {
        assumeTrue(SystemCommand.run("prometheus", "--version") && SystemCommand.run("promtool", "--version"),
                "there is no Prometheus here; apt-get install prometheus");
    }

    /** The configuration as it is shipped, with other targets and shorter times. */
    private static String config(Collection<Integer> ports) throws IOException {
        String shipped = Files.readString(Packaged.PROMETHEUS.resolve("prometheus.yml")).replace("_interval: 15s",
                "_interval: 1s");
        int targets = shipped.indexOf("- 10.0.0.1:8080");
        assertThat(shipped.substring(targets)).isEqualTo(IntStream.rangeClosed(1, 5)
                .mapToObj(i -> "- 10.0.0." + i + ":8080\n").collect(Collectors.joining("          ")));
        return shipped.substring(0, targets) + ports.stream().map(one -> "- 127.0.0.1:" + one + '\n')
                .collect(Collectors.joining("          "));
    }

    /** @param ports of servers on loopback, which ask for {@link #TOKEN} or for none */
    static Prometheus start(Path dir, Collection<Integer> ports) throws IOException {
        assumeInstalled();
        Files.copy(Packaged.RULES, dir.resolve(Packaged.RULES.getFileName()));
        Files.writeString(dir.resolve("herd-http-token"), TOKEN);
        Path config = Files.writeString(dir.resolve("prometheus.yml"), config(ports));
        Prometheus started = new Prometheus(dir, config);
        Await.until("Prometheus is up", started::isReady);
        return started;
    }

    private boolean isReady() throws IOException, InterruptedException {
        if (!process.isAlive()) {
            throw new IllegalStateException(Files.readString(log));
        }
        try {
            return http.send(HttpRequest.newBuilder(uri("/-/ready")).build(), HttpResponse.BodyHandlers.discarding())
                    .statusCode() == 200;
        } catch (ConnectException notYet) {
            return false;
        }
    }

    private URI uri(String path) {
        return URI.create("http://127.0.0.1:" + port + path);
    }

    private JsonObject data(String path) throws IOException, InterruptedException {
        String body = http.send(HttpRequest.newBuilder(uri(path)).build(), HttpResponse.BodyHandlers.ofString())
                .body();
        JsonObject answer = JsonParser.parseString(body).getAsJsonObject();
        if (!answer.get("status").getAsString().equals("success")) {
            throw new IOException(path + ": " + body);
        }
        return answer.getAsJsonObject("data");
    }

    /** What a query gives now. */
    JsonArray query(String query) throws IOException, InterruptedException {
        return data("/api/v1/query?query=" + URLEncoder.encode(query, StandardCharsets.UTF_8)).getAsJsonArray("result");
    }

    /**
     * The alerts whose expression is true now, whether that has been so for long enough or not: the name, and what it is
     * about, as {@code HerdLinkDown Alford Parker}.
     */
    Set<String> alerts() throws IOException, InterruptedException {
        Set<String> alerts = new TreeSet<>();
        for (JsonElement alert : data("/api/v1/alerts").getAsJsonArray("alerts")) {
            JsonObject labels = alert.getAsJsonObject().getAsJsonObject("labels");
            StringBuilder text = new StringBuilder(labels.get("alertname").getAsString());
            for (String label : new String[] {"server", "from", "to"}) {
                text.append(labels.has(label) ? ' ' + labels.get(label).getAsString() : "");
            }
            alerts.add(text.toString());
        }
        return alerts;
    }

    /** Waits until these alerts, of all that there are, have something to tell. */
    void awaitAlerts(String... expected) {
        Set<String> wanted = Set.of(expected);
        Set<String> last = new TreeSet<>();
        try {
            Await.until("these alerts", () -> {
                last.clear();
                last.addAll(alerts());
                return last.equals(wanted);
            });
        } catch (AssertionError e) {
            throw new AssertionError("waited for " + wanted + ", and there were " + last, e);
        }
    }

    @Override
    public void close() {
        http.close();
        process.destroy();
        try {
            if (!process.waitFor(Await.LIMIT.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
