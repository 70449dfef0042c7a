package dev.proxyherd.protocol;

import static dev.proxyherd.protocol.Parsing.assertMalformed;
import static dev.proxyherd.protocol.Parsing.whatsAt;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WhatsAtTest {
    private static final String ZEROS = "0".repeat(3000);

    @Nested
    class ARadius {
        @ParameterizedTest
        @CsvSource({"0, 0", "0.0, 0", "0.5, 0.5", "10, 10", "007.25, 7.25", "50, 50", "50.0000000000000000000000, 50",
            "00000000000000000000000050, 50", "49.5, 49.5"})
        void isKilometresFromZeroToFifty(String radius, double kilometres) {
            assertThat(whatsAt("WHATSAT kiwi " + radius + " 5")).isEqualTo(new Command.WhatsAt("kiwi", kilometres, 5));
        }

        @ParameterizedTest
        @ValueSource(strings = {"50.00000000000000000000001", "51", "050.1", "1000000000000", "4294967296",
            "18446744073709551616", "18446744073709551666", "+10", "-10", "-0", "10.", ".5", ".", "1e1", "10,5", "10km",
            "NaN", "Infinity", "0x1p3", "10d", "\u0661"})
        void isNothingElse(String radius) {
            assertMalformed("WHATSAT kiwi " + radius + " 5");
        }

        @Test
        void mayHaveAnyNumberOfDigits() {
            assertThat(whatsAt("WHATSAT kiwi " + ZEROS + "50." + ZEROS + " 5").radiusKm()).isEqualTo(50);
            assertMalformed("WHATSAT kiwi 50." + ZEROS + "1 5");
            assertMalformed("WHATSAT kiwi " + "9".repeat(3000) + " 5");
        }
    }

    @Nested
    class ABound {
        @ParameterizedTest
        @CsvSource({"0, 0", "1, 1", "20, 20", "00, 0", "0020, 20", "000000000000000000000000000007, 7"})
        void isDigitsFromZeroToTwenty(String bound, int value) {
            assertThat(whatsAt("WHATSAT kiwi 10 " + bound)).isEqualTo(new Command.WhatsAt("kiwi", 10, value));
        }

        @ParameterizedTest
        @ValueSource(strings = {"21", "021", "100", "4294967296", "4294967301", "18446744073709551616",
            "18446744073709551621",
            "1000000000000", "+5", "-5", "-0", "5.0", "5.", ".5", "20.0", "5e0", "0x5", "five", "\u0665", "5,"})
        void isNothingElse(String bound) {
            assertMalformed("WHATSAT kiwi 10 " + bound);
        }

        @Test
        void mayHaveAnyNumberOfDigits() {
            assertThat(whatsAt("WHATSAT kiwi 10 " + ZEROS + "20").bound()).isEqualTo(20);
            assertMalformed("WHATSAT kiwi 10 " + "1" + ZEROS);
        }
    }

    @Nested
    class AClientId {
        @ParameterizedTest
        @ValueSource(strings = {"kiwi.cs.ucla.edu", "\u00FF\u0000\u0080", "10", "+34-118", "\u00C3\u00A9"})
        void isAnyBytesOfThisClientsOwn(String id) {
            assertThat(whatsAt("WHATSAT " + id + " 10 5").client()).isEqualTo(id);
        }

        @Test
        void isTheSameInAReportAndInAQuestion() {
            String id = "k\u00EDwi\u0080";
            assertThat(whatsAt("WHATSAT " + id + " 10 5").client())
                    .isEqualTo(Parsing.iAmAt("IAMAT " + id + " +34-118 7").client());
        }
    }
}
