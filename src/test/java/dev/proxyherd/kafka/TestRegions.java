package dev.proxyherd.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import dev.proxyherd.net.ClientLimits;
import dev.proxyherd.protocol.Location;
import dev.proxyherd.protocol.RandomLocations;
import dev.proxyherd.server.Await;
import dev.proxyherd.server.RawClient;
import dev.proxyherd.server.TestHerd;
import dev.proxyherd.server.TestSettings;
import dev.proxyherd.status.KafkaStatus;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/** Herds in this process that share a topic; closing stops them. */
final class TestRegions implements AutoCloseable {
    /** What they share. */
    static final String TOPIC = "herd.locations";

    private final List<TestHerd> herds = new ArrayList<>();
    private final Path dir;

    TestRegions(Path dir) {
        this.dir = dir;
    }

    /** Settings for Kafka's client: where the broker is, and these besides, each as a line of its file. */
    static KafkaSettings settings(Path dir, String servers, String... lines) throws IOException {
        return read(TOPIC, null, dir, servers, lines);
    }

    /** The same, in another topic. */
    static KafkaSettings inTopic(String topic, Path dir, String servers, String... lines) throws IOException {
        return read(topic, null, dir, servers, lines);
    }

    /** The same, with a topic for every report that is heard. */
    static KafkaSettings withHistory(String history, Path dir, String servers, String... lines) throws IOException {
        return read(TOPIC, history, dir, servers, lines);
    }

    private static KafkaSettings read(String topic, @Nullable String history, Path dir, String servers, String... lines)
            throws IOException {
        Path file = Files.createTempFile(Files.createDirectories(dir), "kafka", ".properties");
        List<String> all = new ArrayList<>(List.of("bootstrap.servers=" + servers, "reconnect.backoff.max.ms=200"));
        all.addAll(List.of(lines));
        Files.write(file, all);
        return KafkaSettings.read(file, topic, history);
    }

    /** A herd, whose servers have the settings unless the test says otherwise; they are not running yet. */
    TestHerd herd(KafkaSettings settings, String... names) throws IOException {
        TestHerd herd = new TestHerd(Files.createDirectories(dir.resolve(names[0])), names).kafka(settings);
        for (int i = 1; i < names.length; i++) {
            herd.link(names[i - 1], names[i]);
        }
        herds.add(herd);
        return herd;
    }

    /** How a server's share is. */
    static KafkaStatus status(TestHerd herd, String name) {
        return herd.status(name).kafka();
    }

    /** Waits until a server reads the topic, and has published all. */
    static void awaitLive(TestHerd herd, String... names) {
        for (String name : names) {
            Await.until(name + " reads the topic: " + status(herd, name),
                    () -> status(herd, name).connected() && status(herd, name).lagRecords() == 0
                            && status(herd, name).queued() == 0);
        }
    }

    /** Waits until all running servers of all herds have stored the same, so many clients. */
    void awaitSame(String when, int clients) {
        Await.until("all regions have stored the same " + clients + " clients, " + when, () -> {
            Set<Map<String, String>> different = new HashSet<>();
            herds.forEach(herd -> herd.names().stream().filter(herd::isRunning)
                    .forEach(name -> different.add(herd.stored(name))));
            return different.size() == 1 && different.iterator().next().size() == clients;
        });
    }

    /** Limits with room for so many clients. */
    static ClientLimits room(int clients) {
        ClientLimits all = TestSettings.LIMITS;
        return new ClientLimits(all.connections(), all.lineBytes(), all.idle(), all.unread(), all.maxAhead(), clients);
    }

    /** Reports clients to a server, named by a prefix and numbers from {@code from} to before {@code to}. */
    static void report(TestHerd herd, String server, String prefix, int from, int to, String time) throws IOException {
        try (RawClient client = herd.connect(server)) {
            for (int i = from; i < to; i++) {
                client.ask("IAMAT " + prefix + i + " +34.068930-118.445127 " + time);
            }
        }
    }

    /** Checks that no key in the topic ends with something older than was under it before: that is what compaction would keep. */
    static void assertLastIsBest(Topics topics) throws Exception {
        Map<String, Location> best = new HashMap<>();
        Map<String, Location> last = new HashMap<>();
        for (ConsumerRecord<byte[], byte[]> one : topics.read(TOPIC)) {
            String key = new String(one.key(), StandardCharsets.ISO_8859_1);
            if (one.value() != null) {
                Location location = RandomLocations.at(new String(one.value(), StandardCharsets.ISO_8859_1));
                last.put(key, location);
                best.merge(key, location, Location::newest);
            }
        }
        best.forEach((key, location) -> assertThat(last.get(key)).as("the last under " + key)
                .hasToString(location.toString()));
    }

    @Override
    public void close() {
        herds.forEach(TestHerd::close);
    }
}
