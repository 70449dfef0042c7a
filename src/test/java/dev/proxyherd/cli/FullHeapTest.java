package dev.proxyherd.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.proxyherd.server.Await;
import dev.proxyherd.server.FreePorts;
import dev.proxyherd.server.RawClient;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server with a small heap takes on as many clients as it has room for, with all that it does for them. */
class FullHeapTest {
    private static final String HEAP = "48m";
    private static final int BATCH = 1_000;
    private static final int SUBSCRIBERS = 5;

    @TempDir
    private Path dir;

    private final HttpClient http = HttpClient.newHttpClient();
    private final int port = FreePorts.next();

    @Test
    void servesOnWhenItIsFilledToItsLimitAlsoAfterARestart() throws Exception {
        TestTopology topology = TestTopology.write(dir);
        int clients;
        try (HerdProcess alford = start(); RawClient client = topology.connect("Alford")) {
            clients = fill(client);
            useAll(client, clients);
            alford.signal("TERM");
            assertThat(alford.exitCode()).as(alford.err()).isEqualTo(143);
        }
        try (HerdProcess alford = start(); RawClient client = topology.connect("Alford")) {
            Await.until("the journal is replayed", () -> get("/readyz").statusCode() == 200);
            useAll(client, clients);
            alford.signal("TERM");
            assertThat(alford.exitCode()).as(alford.err()).isEqualTo(143);
        }
    }

    private HerdProcess start() throws IOException {
        return HerdProcess.startWithHeap(dir, HEAP, "--name", "Alford", "--http", "" + port).awaitUp();
    }

    private static String report(int number, int time) {
        return "IAMAT c" + number + ".cs.example.org +" + number % 85 + ".068930-" + number % 170 + ".445127 14007946"
                + time + ".392014450\n";
    }

    /** Sends reports of so many clients and returns how many of them were refused. */
    private static int report(RawClient client, int from, int time) throws IOException {
        StringBuilder reports = new StringBuilder();
        for (int i = from; i < from + BATCH; i++) {
            reports.append(report(i, time));
        }
        client.send(reports.toString());
        int refused = 0;
        for (int i = 0; i < BATCH; i++) {
            refused += client.readLine().startsWith("?") ? 1 : 0;
        }
        return refused;
    }

    /** Reports clients until the server takes on no more, and returns how many it has. */
    private static int fill(RawClient client) throws IOException {
        client.ask("IAMAT london +51.507351-0.127758 1400794610");
        int from = 0;
        int refused = 0;
        while (refused == 0) {
            refused = report(client, from, 10);
            from += BATCH;
        }
        return from - refused + 1;
    }

    /** The map is read, subscribers follow, a WHATSAT is asked, and clients move meanwhile. */
    private void useAll(RawClient client, int clients) throws Exception {
        List<InputStream> subscribers = new ArrayList<>();
        List<Thread> readers = new ArrayList<>();
        try {
            for (int i = 0; i < SUBSCRIBERS; i++) {
                InputStream events = http.send(HttpRequest.newBuilder(URI.create(url("/api/events"))).build(),
                        HttpResponse.BodyHandlers.ofInputStream()).body();
                subscribers.add(events);
                readers.add(Thread.ofVirtual().start(() -> drain(events)));
            }
            assertThat(readMap()).isEqualTo(clients);
            assertThat(client.askForPlaces("WHATSAT london 50 20")).contains("\"status\" : \"OK\"");
            for (int from = 0; from + BATCH < clients; from += BATCH) {
                assertThat(report(client, from, 20)).isZero();
            }
            assertThat(readMap()).isEqualTo(clients);
        } finally {
            for (InputStream events : subscribers) {
                events.close();
            }
            for (Thread reader : readers) {
                reader.join();
            }
        }
    }

    private static void drain(InputStream events) {
        try {
            events.transferTo(OutputStream.nullOutputStream());
        } catch (IOException closed) {
            // The test is done with it.
        }
    }

    private int readMap() throws Exception {
        int clients = 0;
        String cursor = "";
        for (boolean more = true; more;) {
            JsonObject page = JsonParser.parseString(get("/api/clients?limit=5000" + cursor).body()).getAsJsonObject();
            clients += page.getAsJsonArray("features").size();
            cursor = "&cursor=" + page.get("cursor").getAsString();
            more = page.get("more").getAsBoolean();
        }
        return clients;
    }

    private HttpResponse<String> get(String target) throws IOException {
        try {
            return http.send(HttpRequest.newBuilder(URI.create(url(target))).build(),
                    HttpResponse.BodyHandlers.ofString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    private String url(String target) {
        return "http://127.0.0.1:" + port + target;
    }
}
