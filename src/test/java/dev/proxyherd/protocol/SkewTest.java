package dev.proxyherd.protocol;

import static dev.proxyherd.protocol.Parsing.bytes;
import static dev.proxyherd.protocol.Parsing.heard;
import static dev.proxyherd.protocol.Parsing.text;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SkewTest {
    private static final long MAX_TIME = 9_223_372_035_000_000_000L;

    @ParameterizedTest
    @CsvSource({
        "263873386, +0.263873386",
        "-12000000001, -12.000000001",
        "0, +0.000000000",
        "1, +0.000000001",
        "-1, -0.000000001",
        "-999999999, -0.999999999",
        "1000000000, +1.000000000",
        "-1000000000, -1.000000000",
        "9999999999, +9.999999999",
        "10000000000, +10.000000000",
        "9223372035000000000, +9223372035.000000000",
        "-9223372035000000000, -9223372035.000000000",
        "-9223372035000000001, -9223372035.000000001"})
    void hasASignAndExactlyNineFractionDigits(long nanos, String expected) {
        assertThat(written(nanos)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "1400794645955887836, 1400794645.392014450, +0.563873386",
        "7000000000, 7, +0.000000000",
        "7000000000, 7.0000000009, +0.000000000",
        "7000000000, 19.000000001, -12.000000001",
        "0, 9223372035, -9223372035.000000000",
        "9223372035000000000, 0, +9223372035.000000000"})
    void isTheServersClockLessTheClientsTime(long clock, String time, String skew) {
        assertThat(heard("Alford", clock, "IAMAT kiwi +34-118 " + time).toString())
                .isEqualTo("AT Alford " + skew + " kiwi +34-118 " + time);
    }

    @Test
    void isReadBackAsItWasWritten() {
        Random random = new Random(1);
        for (int i = 0; i < 20_000; i++) {
            long nanos = random.nextLong(-MAX_TIME - 1, MAX_TIME + 2) >> random.nextInt(63);
            String text = written(nanos);
            assertThat(new BigDecimal(text).movePointRight(9).longValueExact()).isEqualTo(nanos);
            byte[] line = bytes("7" + text + " ");
            assertThat(Skew.end(line, 1, line.length)).as(text).isEqualTo(line.length - 1);
            assertThat(Skew.parse(line, 1, line.length - 1)).as(text).isEqualTo(nanos);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "+", "0.263873386", "+0.26387338", "+0.2638733860", "+.263873386", "+263873386",
        "+0,263873386",
        "+0.26387338x", "++0.263873386", "+-1.263873386", "+1 0.263873386", "+0.0.263873386", "+9223372036.000000001",
        "+10000000000000000000.000000000", "NaN"})
    void isNothingElse(String text) {
        byte[] line = bytes("7" + text + "7");
        assertThat(Skew.end(line, 1, line.length - 1)).isNotEqualTo(line.length - 1);
    }

    private static String written(long nanos) {
        byte[] line = new byte[Skew.length(nanos)];
        Skew.write(nanos, line, line.length);
        return text(line);
    }
}
