package dev.proxyherd.protocol;

import static dev.proxyherd.protocol.Parsing.assertMalformed;
import static dev.proxyherd.protocol.Parsing.bytes;
import static dev.proxyherd.protocol.Parsing.iAmAt;
import static dev.proxyherd.protocol.Parsing.text;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IAmAtTest {
    private static final String ZEROS = "0".repeat(3000);

    @Nested
    class APosition {
        @ParameterizedTest
        @ValueSource(strings = {"+34.068930-118.445127", "+34-118", "-0+0", "+0-0", "-00.0+000.0", "+90-180", "-90+180",
            "+90.0+180.0", "-90.000000000000000000000000-180.00000000000000000000000", "+089.9+0179.9",
            "+00000000000000000000090+00000000000000000000180",
            "+89.99999999999999999999999-179.9999999999999999999999"})
        void isTwoSignedDecimalsWithinTheirRanges(String position) {
            Command.IAmAt report = iAmAt("IAMAT kiwi " + position + " 7");
            assertThat(text(report.report())).as("copied exactly").isEqualTo("kiwi " + position + " 7");
        }

        @ParameterizedTest
        @ValueSource(strings = {"+90.00000000000000000000001-118", "-90.00000000000000000000001-118", "+91-118",
            "+090.1-118",
            "+34+180.00000000000000000000001", "+34-180.00000000000000000000001", "+34-181", "+34-0180.1", "+118+34.5",
            "+18446744073709551706-118", "+34-18446744073709551796"})
        void outOfRangeByTheExactDecimalIsNone(String position) {
            assertMalformed("IAMAT kiwi " + position + " 7");
        }

        @ParameterizedTest
        @ValueSource(strings = {"34-118", "34+118", "+34118", "+34", "-118", "+", "-", "+-", "++", "+34-", "+-118",
            "+34--118",
            "++34-118", "+34+-118", "+34-118+1", "+34-118-", "+.5-118", "+34.-118", "+34-.5", "+34-118.", "+34.0.0-118",
            "+34-118.0.0", "+34,0-118", "+34-118,5", "+34-118/", "+34-118+10/", "+3e1-118", "+3E1-118", "+34-1e2",
            "+34-1e+2",
            "+NaN-118", "+34-NaN", "+Infinity-118", "+0x1-118", "+34-118d", "+34-118f", "+3_4-118", "+34N-118W",
            "\u221234-118", "+\u0663-118", "+34 -118", "+34;-118", "34.068930-118.445127"})
        void isNothingElse(String position) {
            assertMalformed("IAMAT kiwi " + position + " 7");
        }

        @Test
        void mayHaveAnyNumberOfDigits() {
            String position = "+" + ZEROS + "34." + "9".repeat(3000) + "-" + ZEROS + "118." + "9".repeat(3000);
            assertThat(text(iAmAt("IAMAT kiwi " + position + " 7").report())).isEqualTo("kiwi " + position + " 7");
            assertMalformed("IAMAT kiwi +" + "9".repeat(3000) + "-118 7");
            assertMalformed("IAMAT kiwi +90." + ZEROS + "1-118 7");
        }
    }

    @Nested
    class ATime {
        @ParameterizedTest
        @CsvSource({
            "1400794645.392014450, 1400794645392014450",
            "1400794645, 1400794645000000000",
            "0, 0",
            "0.0, 0",
            "0.000000001, 1",
            "0.1, 100000000",
            "0.0000000019999, 1",
            "0.9999999999999, 999999999",
            "0001400794645.5, 1400794645500000000",
            "9223372035, 9223372035000000000",
            "9223372035.000000000000000000000, 9223372035000000000",
            "9223372034.999999999999, 9223372034999999999",
            "00000000000000000000009223372035, 9223372035000000000"})
        void isNanosecondsWithFurtherDigitsCutOffButCopied(String time, long nanos) {
            Command.IAmAt report = iAmAt("IAMAT kiwi +34-118 " + time);
            assertThat(report.timeNanos()).isEqualTo(nanos);
            assertThat(text(report.report())).isEqualTo("kiwi +34-118 " + time);
        }

        @ParameterizedTest
        @ValueSource(strings = {"9223372035.0000000000001", "9223372035.000000001", "9223372036", "9223372035000",
            "99999999999",
            "1000000000000", "10000000000000000000", "18446744073709551616", "18446744073709551617"})
        void isAtMost9223372035ByTheExactDecimal(String time) {
            assertMalformed("IAMAT kiwi +34-118 " + time);
        }

        @ParameterizedTest
        @ValueSource(strings = {"+7", "-7", "-0", "7.", ".7", ".", "7.7.7", "7,7", "1e9", "1E9", "0x7", "7s", "7L",
            "7d", "NaN",
            "Infinity", "7_0", "\u0667", "7\u00B2", "now"})
        void isAnUnsignedDecimalAndNothingElse(String time) {
            assertMalformed("IAMAT kiwi +34-118 " + time);
        }

        @Test
        void mayHaveAnyNumberOfDigits() {
            assertThat(iAmAt("IAMAT kiwi +34-118 " + ZEROS + "7." + "9".repeat(3000)).timeNanos())
                    .isEqualTo(7_999_999_999L);
            assertMalformed("IAMAT kiwi +34-118 " + "9".repeat(3000));
            assertMalformed("IAMAT kiwi +34-118 9223372035." + ZEROS + "1");
        }
    }

    @Nested
    class AClientId {
        @Test
        void isAnyRunOfNonWhiteSpaceBytesCopiedByteForByte() {
            StringBuilder id = new StringBuilder();
            for (int b = 0; b < 256; b++) {
                if (b != ' ' && (b < 9 || b > 13)) {
                    id.append((char) b);
                }
            }
            Command.IAmAt report = iAmAt("IAMAT " + id + " +34-118 7");
            assertThat(report.client()).isEqualTo(id.toString());
            assertThat(report.report()).isEqualTo(bytes(id + " +34-118 7"));
        }

        @ParameterizedTest
        @ValueSource(
                strings = {"+34-118", "7", "IAMAT", "\u0000", "\u0085", "\u00A0", "\u00FF\u00FE", "?", "\u00C3("})
        void needNotLookLikeOne(String id) {
            assertThat(iAmAt("IAMAT " + id + " +34-118 7").client()).isEqualTo(id);
        }
    }

    @Test
    void reportsAreNotTiedToTheBufferTheyWereReadFrom() {
        byte[] line = bytes("IAMAT kiwi +34-118 7");
        Command.IAmAt report = (Command.IAmAt) CommandParser.parse(line, 0, line.length);
        java.util.Arrays.fill(line, (byte) 'x');
        assertThat(text(report.report())).isEqualTo("kiwi +34-118 7");
    }
}
