package dev.proxyherd.places.document;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.proxyherd.places.PlacesException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The scalars of RFC 8259, in the UTF-8 of RFC 3629. */
class JsonScalarsTest {
    private static byte[] bytes(String text) {
        return text.getBytes(ISO_8859_1);
    }

    @Nested
    class ANumber {
        @ParameterizedTest
        @ValueSource(
                strings = {"0", "-0", "7", "-12", "900", "0.0", "-0.5", "12.25", "1e5", "1E5", "0e0", "1e+5", "1e-5",
                    "1.5e+10", "-1.5E-10", "1e05"})
        void endsAfterItsLastDigit(String number) throws PlacesException {
            assertThat(JsonScalars.number(bytes(number), 0)).isEqualTo(number.length());
            assertThat(JsonScalars.number(bytes("[" + number + " ]"), 1)).isEqualTo(1 + number.length());
        }

        @ParameterizedTest
        @ValueSource(strings = {"", "-", "+1", ".5", "1.", "1.e5", "1e", "1e+", "1e-", "1ee5", "-.5", "/", ":", "NaN"})
        void isNothingElse(String text) {
            assertThatThrownBy(() -> JsonScalars.number(bytes(text), 0)).isInstanceOf(PlacesException.class);
            assertThatThrownBy(() -> JsonScalars.number(bytes("[" + text + " ]"), 1))
                    .isInstanceOf(PlacesException.class);
        }

        @Test
        void hasNoDigitAfterALeadingZero() throws PlacesException {
            assertThat(JsonScalars.number(bytes("01"), 0)).isEqualTo(1);
            assertThat(JsonScalars.number(bytes("-01"), 0)).isEqualTo(2);
        }

        @Test
        void hasTheDigitsFromZeroToNine() throws PlacesException {
            assertThat(JsonScalars.number(bytes("1/"), 0)).isEqualTo(1);
            assertThat(JsonScalars.number(bytes("1:"), 0)).isEqualTo(1);
            assertThat(JsonScalars.number(bytes("1023456789"), 0)).isEqualTo(10);
        }
    }

    @Nested
    class AWord {
        @Test
        void isThereLetterByLetter() throws PlacesException {
            assertThat(JsonScalars.word(bytes("[true]"), 1, "true")).isEqualTo(5);
            for (String other : new String[] {"", "t", "tru", "trUe", "truth"}) {
                assertThatThrownBy(() -> JsonScalars.word(bytes(other), 0, "true")).hasMessageContaining("no value");
            }
        }
    }

    @Nested
    class AString {
        private static int end(byte[] string) throws PlacesException {
            return JsonScalars.string(string, 0);
        }

        @ParameterizedTest
        @ValueSource(strings = {"", "a", " !#[]~\u007f", "\\\"", "\\\\", "\\/", "\\b\\f\\n\\r\\t", "\\u0aF9",
            "\\u00e9x", "\\\\u"})
        void endsAtTheFirstQuoteThatIsNotEscaped(String text) throws PlacesException {
            assertThat(end(bytes('"' + text + "\"\"x"))).isEqualTo(text.length() + 2);
        }

        @ParameterizedTest
        @ValueSource(strings = {"\\", "\\a", "\\U0000", "\\u", "\\u0", "\\u00", "\\u000", "\\u000g", "\\ug000",
            "\\u00\u00e9",
            "\t", "\n", "\0", "\u001f"})
        void holdsNoOtherEscapesAndNoControlCharacters(String text) {
            assertThatThrownBy(() -> end(bytes('"' + text + '"'))).isInstanceOf(PlacesException.class);
            assertThatThrownBy(() -> end(bytes('"' + text))).isInstanceOf(PlacesException.class);
        }

        @Test
        void mayHoldEveryCharacter() throws PlacesException {
            StringBuilder all = new StringBuilder("\"");
            IntStream.rangeClosed(' ', Character.MAX_CODE_POINT)
                    .filter(code -> code != '"' && code != '\\' && Character.getType(code) != Character.SURROGATE)
                    .forEach(all::appendCodePoint);
            byte[] string = all.append('"').toString().getBytes(UTF_8);
            assertThat(end(string)).isEqualTo(string.length);
        }

        /** The bytes at which a decoder's decisions may change; their combinations judged by the one of the JDK. */
        @Test
        void isUtf8ExactlyWhereTheJdkSaysSo() {
            int[] telling = {' ', 0x7f, 0x80, 0x8f, 0x90, 0x9f, 0xa0, 0xbf, 0xc0, 0xc1, 0xc2, 0xdf, 0xe0, 0xe1, 0xec,
                0xed, 0xee, 0xef, 0xf0, 0xf1, 0xf3, 0xf4, 0xf5, 0xf7, 0xf8, 0xfc, 0xff};
            int[] later = {' ', 0x80, 0xbf, 0xc0};
            byte[] string = bytes("\"1234\"");
            for (int first : telling) {
                for (int second : telling) {
                    for (int third : later) {
                        for (int fourth : later) {
                            string[1] = (byte) first;
                            string[2] = (byte) second;
                            string[3] = (byte) third;
                            string[4] = (byte) fourth;
                            if (isTaken(string) != isUtf8(string)) {
                                throw new AssertionError(Arrays.toString(string) + " is UTF-8: " + isUtf8(string));
                            }
                        }
                    }
                }
            }
        }

        private static boolean isTaken(byte[] string) {
            try {
                return end(string) == string.length;
            } catch (PlacesException refused) {
                return false;
            }
        }

        private static boolean isUtf8(byte[] string) {
            try {
                UTF_8.newDecoder().decode(ByteBuffer.wrap(string));
                return true;
            } catch (CharacterCodingException refused) {
                return false;
            }
        }

        @Test
        void isCutShortInsideACharacter() {
            byte[] string = "\"\ud83c\udf55".getBytes(UTF_8);
            for (int length = 1; length <= string.length; length++) {
                byte[] cut = Arrays.copyOf(string, length);
                assertThatThrownBy(() -> end(cut)).isInstanceOf(PlacesException.class);
            }
        }
    }
}
