package dev.proxyherd.foreign;

import static org.assertj.core.api.Assertions.assertThat;

import dev.proxyherd.protocol.Location;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Digit for digit what exact decimals would say, for all that is written without them. */
class FeatureJsonTest {
    private static String feature(String line, double metres) {
        byte[] bytes = line.getBytes(StandardCharsets.ISO_8859_1);
        StringBuilder json = new StringBuilder();
        FeatureJson.feature(json, Location.parse(bytes, 0, bytes.length, 0), metres);
        return json.toString();
    }

    private static String heard(long timeNanos, long skewNanos) {
        StringBuilder json = new StringBuilder();
        FeatureJson.heard(json, timeNanos, skewNanos);
        return json.toString();
    }

    @Test
    void hasTheRecordItsFieldsAndTheDistance() {
        assertThat(feature("AT Alford +0.263873386 kiwi +04.068930-118.40 1400794645.392014450", 1234.56))
                .isEqualTo("{\"type\":\"Feature\",\"id\":\"kiwi\",\"geometry\":{\"type\":\"Point\",\"coordinates\":"
                        + "[-118.40,4.068930]},\"properties\":{\"server\":\"Alford\",\"skew\":\"+0.263873386\","
                        + "\"time\":\"1400794645.392014450\",\"heard\":1400794645.655,\"distance\":1234.6,"
                        + "\"at\":\"AT Alford +0.263873386 kiwi +04.068930-118.40 1400794645.392014450\"}}");
    }

    @Test
    void escapesAnIdInBothPlaces() {
        assertThat(feature("AT Alford +0.000000000 a\"<\\ +34-118 5", -1)).contains("\"id\":\"a\\\"\\u003c\\\\\"")
                .contains("\"at\":\"AT Alford +0.000000000 a\\\"\\u003c\\\\ +34-118 5\"").doesNotContain("distance");
    }

    @Test
    void tellsThatAnIdIsEncoded() {
        assertThat(feature("AT Alford +0.000000000 \u00FF +34-118 5", -1)).contains("\"id\":\"%FF\"")
                .contains(",\"encoded\":true,\"at\":\"AT Alford +0.000000000 %FF +34-118 5\"");
    }

    @ParameterizedTest
    @CsvSource({"0, 0, 0.000", "5000000000, 999999, 5.000", "5000000000, -1, 4.999", "999999, 1, 0.001",
        "0, -1, -0.001", "0, -1500000000, -1.500", "9223372035999999999, 9223372035999999999, 18446744071.999"})
    void roundsWhenItWasHeardDownToMilliseconds(long timeNanos, long skewNanos, String expected) {
        assertThat(heard(timeNanos, skewNanos)).isEqualTo(expected);
    }

    @Test
    void agreesWithExactDecimals() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int i = 0; i < 10_000; i++) {
            long time = random.nextLong(9_223_372_035_000_000_000L) >>> random.nextInt(60);
            long skew = random.nextLong() >> random.nextInt(60);
            String exact = BigDecimal.valueOf(time, 9).add(BigDecimal.valueOf(skew, 9))
                    .setScale(3, RoundingMode.FLOOR).toPlainString();
            assertThat(heard(time, skew)).as("seed %d", seed).isEqualTo(exact);

            double metres = random.nextDouble(20_100_000) / Math.pow(10, random.nextInt(7));
            String distance = BigDecimal.valueOf(metres).setScale(1, RoundingMode.HALF_UP).toPlainString();
            assertThat(feature("AT Alford +0.000000000 kiwi +34-118 5", metres)).as("seed %d", seed)
                    .contains(",\"distance\":" + distance + ",");
        }
    }
}
