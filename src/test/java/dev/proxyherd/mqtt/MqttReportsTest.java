package dev.proxyherd.mqtt;

import static dev.proxyherd.mqtt.MqttHerd.awaitStored;
import static dev.proxyherd.mqtt.MqttHerd.location;
import static dev.proxyherd.mqtt.MqttHerd.status;
import static org.assertj.core.api.Assertions.assertThat;

import dev.proxyherd.kafka.KafkaSettings;
import dev.proxyherd.server.Await;
import dev.proxyherd.server.FreePorts;
import dev.proxyherd.server.TestClock;
import dev.proxyherd.server.TestHerd;
import dev.proxyherd.server.TokenSettings;
import dev.proxyherd.status.KafkaStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What apps publish to a broker, with mosquitto as a process. */
@Timeout(120)
class MqttReportsTest {
    private static final String PHONE = "owntracks/ann/phone";
    private static final long TIME = 1_400_794_645L;

    @TempDir
    private Path dir;

    @AutoClose
    private Mosquitto broker;

    @AutoClose
    private TestHerd herd;

    @BeforeEach
    void start() throws IOException {
        broker = new Mosquitto(dir, "allow_anonymous true", "max_queued_messages 0").start();
        herd = new TestHerd(dir.resolve("state"), "Alford", "Parker").link("Alford", "Parker");
    }

    private void open() throws IOException {
        herd.startAll();
        MqttHerd.open(herd, "Alford", broker.address());
    }

    @Test
    void isTakenInByTheTopicsLastTwoLevelsAndKnownEverywhere() throws Exception {
        open();
        broker.publish(PHONE, location("34.06893", "-118.445127", TIME));

        awaitStored(herd, "Parker", "ann/phone", " ann/phone +34.06893-118.445127 1400794645");
        herd.awaitLog("Alford", "in  mqtt:" + broker.address()
                + " IAMAT ann/phone +34.06893-118.445127 1400794645");
        assertThat(status(herd, "Alford").taken()).isEqualTo(1);
    }

    @Test
    void isPublishedToOtherHerdsAndKeptInTheHistoryAsAnyReport() throws Exception {
        // Nothing listens there, so what is published waits.
        Path kafka = Files.writeString(dir.resolve("kafka.properties"),
                "bootstrap.servers=127.0.0.1:" + FreePorts.next() + "\n");
        herd.kafka(KafkaSettings.read(kafka, KafkaSettings.TOPIC, "herd.reports"));
        open();
        broker.publish(PHONE, location("34.06893", "-118.445127", TIME));

        awaitStored(herd, "Parker", "ann/phone", " 1400794645");
        Await.until("it waits for the topic and for the history", () -> {
            KafkaStatus status = Objects.requireNonNull(herd.status("Alford").kafka());
            return status.queued() == 1 && Objects.requireNonNull(status.history()).queued() == 1;
        });
    }

    /** Brokers look after who may publish where; what stands in the payload they do not see. */
    @Test
    void isNeverOfWhomThePayloadNames() throws Exception {
        open();
        broker.publish(PHONE, "{\"_type\":\"location\",\"lat\":1,\"lon\":2,\"tst\":3,\"topic\":\"owntracks/bob/phone\","
                + "\"u\":\"bob\",\"d\":\"phone\"}");

        awaitStored(herd, "Alford", "ann/phone", " ann/phone +1+2 3");
        assertThat(herd.stored("Alford", "bob/phone")).isNull();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '!', textBlock = """
            owntracks/ann/phone | no JSON                                            | malformed: the body is no JSON
            owntracks/ann/phone | {"_type":"location","lat":91,"lon":2,"tst":3}       | malformed: no valid report
            owntracks/ann/phone | {"_type":"location","lat":0,"lon":0,"tst":3}        | null_island: latitude
            owntracks/ann/phone | {"_type":"encrypted","data":"x"}                    | encrypted: the payload
            owntracks/ann/phone | {"locations":[]}                                    | its endpoint is /overland, not the topic owntracks/ann/phone
            owntracks/ann/      | {"_type":"location","lat":1,"lon":2,"tst":3}        | malformed: the topic's last two levels
            owntracks//phone    | {"_type":"location","lat":1,"lon":2,"tst":3}        | malformed: the topic's last two levels
            """)
    void isRefusedAsOverHttpAndNotSentAgain(String topic, String payload, String words) throws Exception {
        open();
        broker.publish(topic, payload);

        herd.awaitLog("Alford", words);
        assertThat(status(herd, "Alford").refused()).isEqualTo(1);
        assertGoesOn();
        assertThat(status(herd, "Alford").refused()).as("acknowledged").isEqualTo(1);
    }

    /** What comes next is taken. */
    private void assertGoesOn() throws IOException, InterruptedException {
        broker.publish("owntracks/next/phone", location("1", "2", TIME));
        awaitStored(herd, "Alford", "next/phone", " next/phone +1+2 1400794645");
    }

    @Test
    void withoutAPlaceIsLeftAloneWithoutAWord() throws Exception {
        open();
        broker.publish(PHONE, "{\"_type\":\"waypoint\",\"lat\":1,\"lon\":2,\"tst\":3}");
        broker.publish(PHONE, "");
        assertGoesOn();
        assertThat(status(herd, "Alford").refused()).isZero();
        assertThat(herd.stored("Alford", "ann/phone")).isNull();
    }

    @Test
    void ofNamesThatNobodyExpectsHarmsNobody() throws Exception {
        open();
        broker.publish("owntracks/" + "x".repeat(300) + "/phone", location("1", "2", TIME));
        herd.awaitLog("Alford", "the device's name must have 1 to 255 bytes");
        broker.publish("owntracks/ärger im/büro %41", location("1", "2", TIME));
        awaitStored(herd, "Alford", "\u00C3\u00A4rger%20im/b\u00C3\u00BCro%20%41",
                "rger%20im/b\u00C3\u00BCro%20%41 +1+2 1400794645");
        assertGoesOn();
    }

    @Test
    void thatIsLargerThanAnyIsNotSentByTheBroker() throws Exception {
        open();
        Path large = dir.resolve("large");
        Files.write(large, new byte[10_000_000]);
        broker.publishFile(PHONE, large, "-f");
        Files.write(large, new byte[15 * 1024]);
        broker.publishFile(PHONE, large, "-f");

        herd.awaitLog("Alford", PHONE + " refused (15360 bytes): malformed: the body is no JSON");
        assertGoesOn();
        assertThat(status(herd, "Alford").refused()).isEqualTo(1);
    }

    @Test
    void floodIsTakenInToTheLast() throws Exception {
        open();
        int many = 20_000;
        Path lines = Files.write(dir.resolve("lines"), IntStream.rangeClosed(1, many)
                .mapToObj(i -> location("1", "2", TIME + i)).collect(Collectors.toList()));
        broker.publishFile(PHONE, lines, "-l");

        awaitStored(herd, "Parker", "ann/phone", " +1+2 " + (TIME + many));
        assertThat(status(herd, "Alford").connected()).isTrue();
    }

    @Test
    void isAskedForWhatTheTokenOfTheTopicsUserMayReport() throws Exception {
        herd.tokens(new TokenSettings(
                Files.writeString(dir.resolve("tokens"), "{\"tokens\":[{\"name\":\"ann\",\"sha256\":\""
                        + "0".repeat(64) + "\",\"report\":[\"ann/*\"]}]}"),
                null));
        open();

        broker.publish("owntracks/bob/phone", location("1", "2", TIME));
        herd.awaitLog("Alford", "not_permitted: whoever has no token may not report 'bob/phone'");
        broker.publish(PHONE, location("1", "2", TIME));
        awaitStored(herd, "Alford", "ann/phone", " ann/phone +1+2 1400794645");
        assertThat(herd.stored("Alford", "bob/phone")).isNull();
    }

    @Test
    void ofThePastThatTheBrokerHasRetainedChangesNothing() throws Exception {
        herd.expireAfter(Duration.ofHours(1));
        herd.clock("Alford", new TestClock(String.valueOf(TIME))).clock("Parker", new TestClock(String.valueOf(TIME)));
        broker.publish("owntracks/old/phone", location("1", "2", TIME - 3601), "-r");
        broker.publish("owntracks/gone/phone", location("1", "2", TIME - 60), "-r");
        herd.startAll();
        herd.forget("Parker", "gone/phone");
        MqttHerd.awaitStored(herd, "Alford", "gone/phone", " gone/phone 1400794645.000000000");
        MqttHerd.open(herd, "Alford", broker.address());

        Await.until("both are taken", () -> status(herd, "Alford").taken() == 2);
        assertThat(herd.stored("Alford", "old/phone")).isNull();
        assertThat(herd.stored("Alford", "gone/phone")).startsWith("GONE ");
        assertGoesOn();
    }

    @Test
    void ofAClockThatIsWrongIsRefusedAsAnyOther() throws Exception {
        herd.limits(new dev.proxyherd.net.ClientLimits(new dev.proxyherd.net.ConnectionLimits(100, 0), 8192,
                Duration.ofMinutes(15), Duration.ofSeconds(30), Duration.ofDays(1), 1000));
        open();
        broker.publish(PHONE, location("1", "2", 9_000_000_000L));
        herd.awaitLog("Alford", "too_far_ahead: its time is too far ahead");
        assertGoesOn();
    }

    @Test
    void heardByTwoServersThatStandByForEachOtherIsHarmless() throws Exception {
        open();
        MqttHerd.open(herd, "Parker", broker.address());
        Mosquitto.Subscription all = broker.subscribe("herd/#");
        all.await("herd/$servers/Parker online");
        broker.publish(PHONE, location("1", "2", TIME));
        Await.until("both have heard it",
                () -> status(herd, "Alford").taken() == 1 && status(herd, "Parker").taken() == 1);
        herd.awaitSameStores("it was heard twice", 1);

        herd.stop("Alford");
        all.await("herd/$servers/Alford offline");
        broker.publish(PHONE, location("3", "4", TIME + 1));
        awaitStored(herd, "Parker", "ann/phone", " +3+4 1400794646");
        assertThat(all.text()).as("no echo").doesNotContain("ann/phone");
    }

    @Test
    void sentWhileTheServerWasDownComesAfterItsStart() throws Exception {
        open();
        herd.stop("Alford");
        broker.publish(PHONE, location("5", "6", TIME));
        herd.start("Alford");
        MqttHerd.open(herd, "Alford", broker.address());
        awaitStored(herd, "Parker", "ann/phone", " +5+6 1400794645");
    }
}
