package dev.proxyherd.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import dev.proxyherd.journal.SmallDisk;
import dev.proxyherd.server.Await;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The broker of the tests does what tests ask of it: these are Kafka's promises, on which the herd's rest. */
class BrokerTest {
    private static final String TOPIC = "herd.locations";

    @TempDir
    private Path dir;

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    @Test
    void keepsRecordsWhenItIsKilledAndCompactsThemWhenForced() throws Exception {
        try (Broker broker = Broker.in(dir).set("log.cleaner.backoff.ms", "100").start()) {
            try (Topics topics = broker.topics()) {
                topics.create(TOPIC, 1, Map.of("cleanup.policy", "compact"));
                topics.write(TOPIC, bytes("kiwi"), bytes("first"));
                topics.write(TOPIC, bytes("kiwi"), bytes("second"));
                topics.write(TOPIC, bytes("plum"), bytes("third"));
                topics.write(TOPIC, bytes("plum"), null);
            }
            broker.signal("KILL");
            broker.start();
            try (Topics topics = broker.topics()) {
                assertThat(topics.newest(TOPIC)).isEqualTo(Map.of("kiwi", "second"));
                assertThat(topics.read(TOPIC)).hasSize(4);
                topics.compactAtOnce(TOPIC);
                Await.until("only the newest are left", () -> {
                    topics.write(TOPIC, bytes("next"), bytes("closes the segment"));
                    return topics.read(TOPIC).stream()
                            .noneMatch(one -> one.value() != null
                                    && List.of("first", "third")
                                            .contains(new String(one.value(), StandardCharsets.ISO_8859_1)));
                });
                assertThat(topics.newest(TOPIC)).containsEntry("kiwi", "second").doesNotContainKey("plum");
            }
        }
    }

    @Test
    void threeBearTheLossOfOne() throws Exception {
        List<Broker> three = Broker.cluster(dir, 3);
        try {
            Broker.startAll(three);
            try (Topics topics = three.getFirst().topics()) {
                topics.create(TOPIC, 2, Map.of());
                assertThat(topics.setting(TOPIC, "min.insync.replicas")).isEqualTo("2");
                three.getLast().signal("KILL");
                topics.write(TOPIC, bytes("kiwi"), bytes("with two"));
                assertThat(topics.newest(TOPIC)).isEqualTo(Map.of("kiwi", "with two"));
            }
        } finally {
            three.forEach(Broker::close);
        }
    }

    @Test
    void endsOnAFullDiskAndIsWellAgainWithRoom() throws Exception {
        try (SmallDisk disk = SmallDisk.mount(dir.resolve("small"), 64 * 1024);
                Broker broker = Broker.in(dir, disk.folder().resolve("data")).start()) {
            try (Topics topics = broker.topics()) {
                topics.create(TOPIC, 1, Map.of());
                topics.write(TOPIC, bytes("kiwi"), bytes("kept"));
            }
            Path ballast = disk.fill();
            broker.endOfFullDisk(TOPIC);

            Files.delete(ballast);
            broker.start();
            try (Topics topics = broker.topics()) {
                topics.write(TOPIC, bytes("kiwi"), bytes("with room"));
                assertThat(topics.newest(TOPIC)).containsEntry("kiwi", "with room");
            }
        }
    }
}
