package dev.proxyherd.cli.options;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.TypeConversionException;

class UnitsTest {
    @Nested
    class ADuration {
        @ParameterizedTest
        @CsvSource({"500ms, PT0.5S", "90s, PT90S", "90, PT90S", "15m, PT15M", "24h, PT24H", "7d, PT168H", "0, PT0S",
            "' 5 s ', PT5S"})
        void isANumberWithAUnitOrSeconds(String text, Duration duration) {
            assertThat(Units.duration(text)).isEqualTo(duration);
        }

        @ParameterizedTest
        @ValueSource(strings = {"", "s", "5x", "5M", "5S", "-5s", "1.5h", "5 s s", "1e3s", "9999999999s", "1h30m",
            "\u0665s"})
        void isNothingElse(String text) {
            assertThatThrownBy(() -> Units.duration(text)).isInstanceOf(TypeConversionException.class)
                    .hasMessage("'" + text + "' is no duration; write 500ms, 90s, 15m, 24h or 7d");
        }
    }

    @Nested
    class ASize {
        @ParameterizedTest
        @CsvSource({"65536, 65536", "64K, 65536", "64k, 65536", "256M, 268435456", "2G, 2147483648",
            "1T, 1099511627776", "0, 0",
            "268435456, 268435456", "1048576K, 1073741824", "999999T, 1099510528264372224"})
        void isANumberWithAUnitOrBytes(String text, long bytes) {
            assertThat(Units.byteSize(text).bytes()).isEqualTo(bytes);
        }

        @ParameterizedTest
        @ValueSource(strings = {"", "K", "5KB", "5KiB", "5ms", "-5K", "1.5G", "9999999999999", "99999999T", "5 K K"})
        void isNothingElse(String text) {
            assertThatThrownBy(() -> Units.byteSize(text)).isInstanceOf(TypeConversionException.class)
                    .hasMessage("'" + text + "' is no size; write 65536, 64K, 256M or 2G");
        }
    }
}
