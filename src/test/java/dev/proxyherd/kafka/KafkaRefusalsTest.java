package dev.proxyherd.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import dev.proxyherd.server.Await;
import dev.proxyherd.server.RawClient;
import dev.proxyherd.server.TestHerd;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.apache.kafka.common.acl.AclOperation;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What is wrong with Kafka or in the topic is said in words, and the herd serves on. */
@Timeout(300)
class KafkaRefusalsTest {
    @TempDir
    private static Path brokerDir;

    private static Broker broker;
    private static int passwordPort;

    private final long seed = System.nanoTime();

    @TempDir
    private Path dir;

    private final String topic = "herd." + UUID.randomUUID();
    private Topics topics;
    private final List<TestHerd> herds = new ArrayList<>();

    @BeforeAll
    static void startBroker() throws Exception {
        Broker prepared = Broker.in(brokerDir);
        passwordPort = prepared.listenWithPasswords(Map.of("herd", "right", "guest", "right"));
        broker = prepared.start();
    }

    @AfterAll
    static void stopBroker() {
        if (broker != null) {
            broker.close();
        }
    }

    @BeforeEach
    void open() {
        topics = broker.topics();
    }

    @AfterEach
    void close() {
        herds.forEach(TestHerd::close);
        topics.close();
    }

    private TestHerd start(String name, String... lines) throws IOException {
        Path file = dir.resolve(name + ".properties");
        Files.write(file, List.of(lines));
        TestHerd herd = new TestHerd(Files.createDirectories(dir.resolve(name)), name)
                .kafka(KafkaSettings.read(file, topic, null));
        herds.add(herd);
        return herd.startAll();
    }

    private TestHerd startPlain(String name) throws IOException {
        return start(name, "bootstrap.servers=" + broker.address());
    }

    private TestHerd startWithPassword(String user, String password) throws IOException {
        return start("Alford", "bootstrap.servers=127.0.0.1:" + passwordPort, "security.protocol=SASL_PLAINTEXT",
                "sasl.mechanism=PLAIN",
                "sasl.jaas.config=org.apache.kafka.common.security.plain.PlainLoginModule required username=\"" + user
                        + "\" password=\"" + password + "\";");
    }

    private static void assertServes(TestHerd herd) throws IOException {
        try (RawClient client = herd.connect("Alford")) {
            assertThat(client.ask("IAMAT kiwi +34.068930-118.445127 1400000000")).startsWith("AT Alford ");
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    @Test
    void aWrongPasswordIsSaidOnce() throws Exception {
        TestHerd herd = startWithPassword("herd", "wrong");
        herd.awaitWarning("Alford", "Kafka refuses this user");
        assertServes(herd);
        assertThat(herd.warnings("Alford").stream().filter(told -> told.contains("the topic is not read"))).hasSize(1);
        assertThat(herd.log("Alford")).doesNotContain("wrong\"");
    }

    @Test
    void anUnknownHostIsSaid() throws Exception {
        TestHerd herd = start("Alford", "bootstrap.servers=no-such-host.invalid:9092");
        herd.awaitWarning("Alford", "no-such-host.invalid");
        assertServes(herd);
    }

    @Test
    void aTopicWithoutPermissionIsSaidUntilItIsGiven() throws Exception {
        topics.create(topic, 1, Map.of("cleanup.policy", "compact"));
        TestHerd herd = startWithPassword("guest", "right");
        herd.awaitWarning("Alford", topic);
        assertServes(herd);
        assertThat(TestRegions.status(herd, "Alford").connected()).isFalse();
        topics.permit("guest", topic, AclOperation.READ, AclOperation.WRITE, AclOperation.DESCRIBE,
                AclOperation.DESCRIBE_CONFIGS);
        TestRegions.awaitLive(herd, "Alford");
        Await.until("it is published", () -> topics.newest(topic).containsKey("Alford kiwi"));
    }

    @Test
    void aTopicThatMayOnlyBeReadIsReadAndLosesNothing() throws Exception {
        topics.create(topic, 1, Map.of("cleanup.policy", "compact"));
        topics.write(topic, bytes("Welsh plum"), bytes("AT Welsh +0.000000000 plum +1+1 1400000000"));
        topics.permit("guest", topic, AclOperation.READ, AclOperation.DESCRIBE, AclOperation.DESCRIBE_CONFIGS);
        TestHerd herd = startWithPassword("guest", "right");
        assertServes(herd);
        herd.awaitWarning("Alford", "nothing is published");
        Await.until("what is there is known", () -> herd.stored("Alford", "plum") != null);
        topics.permit("guest", topic, AclOperation.WRITE);
        Await.until("it is published once that is allowed", () -> topics.newest(topic).containsKey("Alford kiwi"));
    }

    @Test
    void aTopicThatIsNotCompactedIsRefused() throws Exception {
        topics.create(topic, 1, Map.of("cleanup.policy", "delete"));
        TestHerd herd = startPlain("Alford");
        herd.awaitWarning("Alford", "the topic " + topic + " is not compacted");
        assertServes(herd);
        topics.change(topic, Map.of("cleanup.policy", "compact"));
        TestRegions.awaitLive(herd, "Alford");
    }

    @Test
    void foreignGarbageIsSkippedAndCounted() throws Exception {
        topics.create(topic, 3, Map.of("cleanup.policy", "compact"));
        TestHerd herd = startPlain("Alford");
        TestRegions.awaitLive(herd, "Alford");
        Random random = new Random(seed);
        int written = 0;
        for (String value : List.of("", "AT", "AT Welsh", "{\"type\":\"Feature\"}",
                "AT Welsh +0.000000000 other +1+1 1400000000",
                "AT Welsh +0.000000000 plum +91+1 1400000000", "AT Welsh +0.000000000 plum +1+1 1400000000\n",
                "GONE Welsh +0.000000000 plum", "x".repeat(100_000))) {
            topics.write(topic, bytes("Welsh plum"), bytes(value));
            written++;
        }
        for (int i = 0; i < 10; i++) {
            byte[] noise = new byte[random.nextInt(200)];
            random.nextBytes(noise);
            topics.write(topic, noise, noise);
            written++;
        }
        int garbage = written;
        topics.write(topic, bytes("Welsh plum"), bytes("AT Welsh +0.000000000 plum +1+1 1400000000"));
        Await.until("the garbage is counted, seed " + seed,
                () -> TestRegions.status(herd, "Alford").skipped() == garbage);
        Await.until("what is none is taken in", () -> herd.stored("Alford", "plum") != null);
        assertThat(herd.stored("Alford")).containsOnlyKeys("plum");
    }

    @Test
    void aBatchInAnotherCodecIsSkippedInWords() throws Exception {
        topics.create(topic, 1, Map.of("cleanup.policy", "compact"));
        TestHerd herd = startPlain("Alford");
        TestRegions.awaitLive(herd, "Alford");
        for (String codec : List.of("zstd", "snappy")) {
            Process producer = Broker.program("64m", "org.apache.kafka.tools.ConsoleProducer", "--bootstrap-server",
                    broker.address(), "--topic", topic, "--compression-codec", codec, "--property", "parse.key=true",
                    "--property", "key.separator=|").redirectOutput(dir.resolve(codec).toFile()).start();
            try (var in = producer.getOutputStream()) {
                for (int i = 0; i < 50; i++) {
                    in.write(bytes("Welsh packed" + i + "|AT Welsh +0.000000000 packed" + i + " +1+1 1400000000\n"));
                }
            }
            assertThat(producer.waitFor()).as(Files.readString(dir.resolve(codec))).isZero();
            herd.awaitWarning("Alford", codec);
        }
        topics.write(topic, bytes("Welsh plum"), bytes("AT Welsh +0.000000000 plum +1+1 1400000000"));
        Await.until("what comes after is read", () -> herd.stored("Alford", "plum") != null);
        assertThat(TestRegions.status(herd, "Alford").skipped()).isPositive();
        assertServes(herd);
        Await.until("and what is heard is published", () -> TestRegions.status(herd, "Alford").published() > 0);
    }

    @Test
    void twoServersOfOneNameAreToldByBoth() throws Exception {
        TestHerd west = startPlain("Alford");
        TestRegions.awaitLive(west, "Alford");
        Path other = Files.createDirectories(dir.resolve("other"));
        Path file = dir.resolve("other.properties");
        Files.write(file, List.of("bootstrap.servers=" + broker.address()));
        TestHerd east = new TestHerd(other, "Alford").secret("Alford", "another secret of another herd, long enough")
                .kafka(KafkaSettings.read(file, topic, null));
        herds.add(east);
        east.startAll();
        TestRegions.awaitLive(east, "Alford");
        assertServes(west);
        try (RawClient client = east.connect("Alford")) {
            client.ask("IAMAT plum +34.068930-118.445127 1400000000");
        }
        for (TestHerd herd : herds) {
            herd.awaitWarning("Alford", "names of servers must differ in all herds that share a topic");
            assertThat(TestRegions.status(herd, "Alford").failure()).contains("Alford");
        }
    }
}
