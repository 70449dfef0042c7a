package dev.proxyherd.packaging;

import dev.proxyherd.fences.Fences;
import dev.proxyherd.journal.FsyncPolicy;
import dev.proxyherd.kafka.KafkaSettings;
import dev.proxyherd.mqtt.MqttSettings;
import dev.proxyherd.mqtt.TopicFilter;
import dev.proxyherd.mqtt.broker.BrokerAddress;
import dev.proxyherd.server.Await;
import dev.proxyherd.server.FreePorts;
import dev.proxyherd.server.RawClient;
import dev.proxyherd.server.TestHerd;
import dev.proxyherd.tls.TestAuthority;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** Two servers with all that is measured: a journal each, fences, a certificate, HTTP ports, clients and phones. */
final class WatchedHerd implements AutoCloseable {
    private final TestHerd herd;
    private final Map<String, Integer> http = new LinkedHashMap<>();
    private final HttpClient browser = HttpClient.newHttpClient();
    private final AtomicInteger time = new AtomicInteger(1_400_794_645);

    WatchedHerd(Path dir) throws IOException {
        this(dir, null);
    }

    private WatchedHerd(Path dir, KafkaSettings kafka) throws IOException {
        herd = new TestHerd(dir.resolve("state"), "Alford", "Welsh").link("Alford", "Welsh")
                .journal(FsyncPolicy.EVERYSEC).kafka(kafka).fences(() -> Fences.NONE)
                .tls("Alford", new TestAuthority("herd authority").files(dir.resolve("tls"), "Alford")).startAll();
        for (String name : herd.names()) {
            http.put(name, herd.openHttp(name));
        }
        herd.awaitLinks();
    }

    /** The same, with what servers tell of an MQTT broker and of Kafka; neither is there. */
    static WatchedHerd withoutItsBrokers(Path dir) throws IOException {
        Path kafka = Files.writeString(dir.resolve("kafka.properties"),
                "bootstrap.servers=127.0.0.1:" + FreePorts.next() + "\n");
        WatchedHerd watched = new WatchedHerd(dir, KafkaSettings.read(kafka, KafkaSettings.TOPIC, "herd.reports"));
        watched.herd.server("Alford").openMqtt(new MqttSettings(new BrokerAddress("127.0.0.1", FreePorts.next(), false),
                null, null, new TopicFilter("owntracks/+/+"), "herd", false));
        return watched;
    }

    /** The HTTP ports, by server. */
    Map<String, Integer> http() {
        return http;
    }

    String get(String server, String target) throws IOException, InterruptedException {
        return browser.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + http.get(server) + target)).build(),
                HttpResponse.BodyHandlers.ofString()).body();
    }

    /** One of each thing that clients and phones do, at each server; waits until the other one has heard of it. */
    void use() throws IOException, InterruptedException {
        String now = String.valueOf(time.incrementAndGet());
        for (String server : herd.names()) {
            try (RawClient client = herd.connect(server)) {
                client.ask("IAMAT kiwi-" + server + " +34-118 " + now);
                client.askForPlaces("WHATSAT kiwi-" + server + " 10 2");
                client.ask("WHATSIT");
            }
            get(server, "/osmand?id=phone-" + server + "&lat=34.5&lon=-118&timestamp=" + now);
            get(server, "/osmand?id=phone-" + server + "&lat=134.5&lon=-118&timestamp=" + now);
        }
        for (String server : herd.names()) {
            String other = server.equals("Alford") ? "Welsh" : "Alford";
            Await.until(server + " knows of the other's phone",
                    () -> String.valueOf(herd.stored(server, "phone-" + other)).endsWith(now));
        }
    }

    @Override
    public void close() {
        browser.close();
        herd.close();
    }
}
