package dev.proxyherd.mqtt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.proxyherd.foreign.ClientIds;
import dev.proxyherd.mqtt.broker.BrokerAddress;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is taken of what people write, and which topics come of clients' IDs. */
class MqttSettingsTest {
    private static final BrokerAddress BROKER = new BrokerAddress("localhost", 1883, false);

    private static MqttSettings settings(String topic, String prefix) {
        return new MqttSettings(BROKER, null, null, topic == null ? null : new TopicFilter(topic), prefix, false);
    }

    @ParameterizedTest
    @CsvSource({"tcp://broker, tcp://broker:1883", "ssl://broker, ssl://broker:8883",
        "mqtts://broker:1/, ssl://broker:1",
        "tcp://[::1]:1883, tcp://[::1]:1883", "mqtt://127.0.0.1:7, tcp://127.0.0.1:7"})
    void brokersAreUrls(String url, String address) {
        assertThat(BrokerAddress.parse(url)).hasToString(address);
    }

    @ParameterizedTest
    @ValueSource(strings = {"broker", "broker:1883", "http://broker", "tcp://", "tcp://broker:0", "tcp://broker:65536",
        "tcp://user:secret@broker", "tcp://broker/topic", "tcp://broker?x", "", "tcp://a b"})
    void whatIsNoBrokerIsRefused(String url) {
        assertThatThrownBy(() -> BrokerAddress.parse(url)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining("secret");
    }

    @ParameterizedTest
    @ValueSource(strings = {"owntracks/#", "owntracks", "a+/b", "$SYS/a", "#", "a/b\u0000", ""})
    void topicsWithoutUserAndDeviceAreRefused(String topic) {
        assertThatThrownBy(() -> new TopicFilter(topic)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @CsvSource({"owntracks/+/+, owntracks", "+/+/+, herd", "+/+, herd", "a/b/c/+, a/b", "a/+/c/+, a/b"})
    void whatWouldComeBackIsRefused(String topic, String prefix) {
        assertThatThrownBy(() -> settings(topic, prefix)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("would come back").hasMessageContaining(topic);
    }

    @ParameterizedTest
    @CsvSource({"owntracks/+/+, herd", "owntracks/+/+, owntracks/a/b", "+/+, a/b", "a/x/+, a/b"})
    void whatDoesNotComeBackIsTaken(String topic, String prefix) {
        assertThat(settings(topic, prefix).prefix()).isEqualTo(prefix);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/", "herd/", "/herd", "a+b", "#", "$SYS", "a\nb"})
    void prefixesThatNoTopicBeginsWithAreRefused(String prefix) {
        assertThatThrownBy(() -> settings(null, prefix)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("--mqtt-publish");
    }

    @Test
    void nothingToDoIsRefused() {
        assertThatThrownBy(() -> settings(null, null)).hasMessageContaining("--mqtt-topic none");
    }

    @Test
    void noTwoIdsHaveOneTopicAndEachIsReadFromIt() {
        long seed = System.nanoTime();
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        Map<String, String> known = new HashMap<>();
        String some = "ab/%2F+#$\u0001\u00E4~.";
        for (int i = 0; i < 20_000; i++) {
            StringBuilder id = new StringBuilder();
            int length = 1 + random.nextInt(6);
            while (id.length() < length) {
                id.append(some.charAt(random.nextInt(some.length())));
            }
            String client = id.toString();
            String topic = ClientTopic.of("herd", client);
            assertThat(topic).as("seed %d", seed).startsWith("herd/").doesNotContain("+", "#", "$", "//")
                    .doesNotEndWith("/");
            assertThat(topic.getBytes(StandardCharsets.US_ASCII)).as("seed %d", seed).hasSize(topic.length())
                    .doesNotContain(1, '?');
            assertThat(known.putIfAbsent(topic, client)).as("seed %d: %s", seed, topic).isIn(null, client);
            assertThat(ClientIds.decode(topic.substring("herd/".length()), false)).as("seed %d", seed)
                    .isEqualTo(client);
        }
    }

    @Test
    void anIdThatIsLongerThanTopicsMayBeHasNone() {
        assertThat(ClientTopic.of("herd", "%".repeat(21_000))).isNotNull();
        assertThat(ClientTopic.of("herd", "%".repeat(22_000))).isNull();
    }
}
