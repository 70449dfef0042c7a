package dev.proxyherd.kafka;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.proxyherd.server.Await;
import dev.proxyherd.server.RawClient;
import dev.proxyherd.server.TestHerd;
import dev.proxyherd.status.HistoryStatus;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Every report that a server hears is in the history, once at least, in the order of each client's reports. */
@Timeout(300)
class KafkaHistoryTest {
    private static final String TOPIC = "herd.reports";

    @TempDir
    private Path dir;

    private Broker broker;
    private TestRegions regions;
    private TestHerd herd;

    @BeforeEach
    void start() throws IOException {
        broker = Broker.in(dir.resolve("broker")).start();
        regions = new TestRegions(dir);
        herd = regions.herd(TestRegions.withHistory(TOPIC, dir, broker.address(), "delivery.timeout.ms=3000",
                "request.timeout.ms=2000", "max.block.ms=3000"),
                "Alford", "Bolden").startAll();
    }

    @AfterEach
    void stop() {
        if (broker != null) {
            regions.close();
            broker.close();
        }
    }

    private HistoryStatus history() {
        return TestRegions.status(herd, "Alford").history();
    }

    private void report(int from, int to) throws IOException {
        TestRegions.report(herd, "Alford", "moving", from, to, "1400000000");
    }

    private List<String> written() throws Exception {
        try (Topics topics = broker.topics()) {
            return topics.read(TOPIC).stream().map(ConsumerRecord::key)
                    .map(key -> new String(key, StandardCharsets.ISO_8859_1)).toList();
        }
    }

    private static String[] clients(int from, int to) {
        return IntStream.range(from, to).mapToObj(i -> "moving" + i).toArray(String[]::new);
    }

    @Test
    void tellsWhereAndWhenAndByWhomAsGeoJson() throws Exception {
        try (RawClient client = herd.connect("Alford")) {
            client.ask("IAMAT kiwi +34.068930-118.445127 1400794645.392014450");
            client.ask("IAMAT kiwi +34.5-118.5 1400794600");
        }
        try (RawClient client = herd.connect("Bolden")) {
            client.ask("IAMAT plum +0+0 1400794646");
        }
        Await.until("the history has all", () -> history().written() == 2
                && TestRegions.status(herd, "Bolden").history().written() == 1);
        List<ConsumerRecord<byte[], byte[]>> records;
        try (Topics topics = broker.topics()) {
            records = topics.read(TOPIC);
        }
        assertThat(records.stream().map(one -> new String(one.key(), StandardCharsets.UTF_8)))
                .containsExactlyInAnyOrder("kiwi", "kiwi", "plum");
        List<JsonObject> kiwi = records.stream()
                .filter(one -> new String(one.key(), StandardCharsets.UTF_8).equals("kiwi"))
                .map(one -> JsonParser.parseString(new String(one.value(), StandardCharsets.UTF_8)).getAsJsonObject())
                .toList();
        JsonObject first = kiwi.getFirst();
        assertThat(first.get("type").getAsString()).isEqualTo("Feature");
        assertThat(first.get("id").getAsString()).isEqualTo("kiwi");
        assertThat(first.getAsJsonObject("geometry"))
                .hasToString("{\"type\":\"Point\",\"coordinates\":[-118.445127,34.068930]}");
        JsonObject properties = first.getAsJsonObject("properties");
        assertThat(properties.get("server").getAsString()).isEqualTo("Alford");
        assertThat(properties.get("time").getAsString()).isEqualTo("1400794645.392014450");
        assertThat(properties.get("skew").getAsString()).startsWith("+");
        assertThat(kiwi.getLast().getAsJsonObject("properties").get("time").getAsString())
                .as("a late report is a report").isEqualTo("1400794600");
    }

    @Test
    void losesNothingThatThereIsRoomForWhenTheBrokerIsKilled() throws Exception {
        report(0, 100);
        Await.until("the first are written", () -> history().written() == 100);
        broker.signal("KILL");
        report(100, 3000);
        Await.until("the outage is told", () -> history().failure() != null);
        assertThat(history().failure())
                .startsWith("the history is not written: no Kafka answers at " + broker.address());
        report(3000, 3100);
        assertThat(history().queued()).isEqualTo(3000);
        broker.start();
        report(3100, 3200);
        Await.until("all are written", () -> history().queued() == 0 && history().written() == 3200);
        assertThat(history().failure()).isNull();
        assertThat(history().leftOut()).isZero();
        assertThat(written()).contains(clients(0, 3200));
    }

    @Test
    void isWholeAgainAfterTheTopicIsDeleted() throws Exception {
        report(0, 10);
        Await.until("the first are written", () -> history().written() == 10);
        try (Topics topics = broker.topics()) {
            topics.delete(TOPIC);
            Await.until("it is gone", () -> !topics.names().contains(TOPIC));
        }
        report(10, 20);
        Await.until("it is made anew", () -> history().written() >= 20 && history().queued() == 0);
        assertThat(written()).contains(clients(10, 20));
    }

    @Test
    void countsAndTellsWhatThereIsNoRoomFor() throws Exception {
        broker.signal("STOP");
        int more = 1000;
        try (RawClient client = herd.connect("Alford")) {
            for (int from = 0; from < HistoryQueue.CAPACITY + more + 20_000; from += 1000) {
                StringBuilder lines = new StringBuilder();
                for (int i = from; i < from + 1000; i++) {
                    lines.append("IAMAT moving").append(i).append(" +1-1 1400000000\n");
                }
                client.send(lines.toString());
                for (int i = 0; i < 1000; i++) {
                    client.readLine();
                }
            }
        }
        Await.until("some are left out", () -> history().leftOut() > more);
        assertThat(history().queued()).isBetween((long) HistoryQueue.CAPACITY, HistoryQueue.CAPACITY + 10_000L);
        Await.until("it is told", () -> herd.warnings("Alford").stream()
                .anyMatch(told -> told.contains("reports are left out of the history, for more than 131072 wait")));
        broker.signal("CONT");
        Await.until("all that is left is written", () -> history().queued() == 0 && history().failure() == null);
        assertThat(history().leftOut()).isGreaterThan(more);
    }

    @Test
    void leavesOutWhatTheTopicDoesNotTakeAndGoesOn() throws Exception {
        report(0, 1);
        Await.until("the first is written", () -> history().written() == 1);
        try (Topics topics = broker.topics()) {
            topics.change(TOPIC, Map.of("max.message.bytes", "1000"));
        }
        try (RawClient client = herd.connect("Alford")) {
            client.ask("IAMAT " + Stream.generate(UUID::randomUUID).limit(150).map(UUID::toString).collect(joining())
                    + " +1+1 1400000000");
        }
        report(1, 10);
        Await.until("the others are written", () -> history().written() == 10);
        assertThat(history().leftOut()).isEqualTo(1);
        assertThat(herd.warnings("Alford")).anyMatch(told -> told.contains("a report is left out of the history"));
    }
}
