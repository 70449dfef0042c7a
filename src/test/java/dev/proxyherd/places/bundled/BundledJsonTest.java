package dev.proxyherd.places.bundled;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonParser;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BundledJsonTest {
    @ParameterizedTest
    @CsvSource({"3406893, 34.06893", "-11844513, -118.44513", "0, 0", "-1, -0.00001", "-18000000, -180", "500000, 5",
        "4130000, 41.3", "10, 0.0001", "-9000000, -90"})
    void degreesArePlainDecimals(int units, String expected) {
        assertThat(text(new BundledJson(0).degrees(units))).isEqualTo(expected);
    }

    @Test
    void degreesAreExact() {
        long seed = 3;
        Random random = new Random(seed);
        for (int i = 0; i < 2_000; i++) {
            int units = random.nextInt(-18_000_000, 18_000_001);
            assertThat(new BigDecimal(text(new BundledJson(0).degrees(units)))).as("seed %d", seed)
                    .isEqualByComparingTo(BigDecimal.valueOf(units, 5));
        }
    }

    @ParameterizedTest
    @CsvSource({"0", "9", "10", "12345678", "2147483647"})
    void numbersAreWhole(int number) {
        assertThat(text(new BundledJson(0).number(number))).isEqualTo(Integer.toString(number));
    }

    @Test
    void escapesWhatJsonAndPagesMayNotHold() {
        assertThat(escaped("a\"b\\c<d>\n\t\u0001")).isEqualTo("a\\\"b\\\\c\\u003cd\\u003e\\u000a\\u0009\\u0001");
    }

    @Test
    void leavesOtherLettersAsTheyAre() {
        assertThat(escaped("Łódź, القاهرة, 東京, 🍕")).isEqualTo("Łódź, القاهرة, 東京, 🍕");
    }

    @Test
    void anyTextComesBackFromAParser() {
        long seed = 11;
        Random random = new Random(seed);
        for (int i = 0; i < 500; i++) {
            String any = random.ints(random.nextInt(30), 0, 0x2100)
                    .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append).toString();
            assertThat(JsonParser.parseString('"' + escaped(any) + '"').getAsString()).as("seed %d", seed)
                    .isEqualTo(any);
        }
    }

    private static String escaped(String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        return text(new BundledJson(0).text(utf8, 0, utf8.length));
    }

    private static String text(BundledJson json) {
        return new String(json.toBytes(), StandardCharsets.UTF_8);
    }
}
