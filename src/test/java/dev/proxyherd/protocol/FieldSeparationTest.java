package dev.proxyherd.protocol;

import static dev.proxyherd.protocol.Parsing.assertMalformed;
import static dev.proxyherd.protocol.Parsing.iAmAt;
import static dev.proxyherd.protocol.Parsing.text;
import static dev.proxyherd.protocol.Parsing.whatsAt;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FieldSeparationTest {
    private static final String SPACES = " \t\r\n\f\u000B";

    @Nested
    class WhiteSpace {
        @ParameterizedTest
        @ValueSource(strings = {" ", "\t", "\r", "\n", "\f", "\u000B", "  ", SPACES})
        void separatesFields(String space) {
            assertThat(text(iAmAt("IAMAT" + space + "kiwi" + space + "+34-118" + space + "7").report()))
                    .isEqualTo("kiwi +34-118 7");
            assertThat(whatsAt("WHATSAT" + space + "kiwi" + space + "10" + space + "5"))
                    .isEqualTo(new Command.WhatsAt("kiwi", 10, 5));
        }

        @ParameterizedTest
        @ValueSource(strings = {" ", "\t", "\r", "\n", "\f", "\u000B", SPACES})
        void isIgnoredAroundTheCommand(String space) {
            assertThat(text(iAmAt(space + "IAMAT kiwi +34-118 7" + space).report())).isEqualTo("kiwi +34-118 7");
            assertThat(whatsAt(space + "WHATSAT kiwi 10 5" + space)).isEqualTo(new Command.WhatsAt("kiwi", 10, 5));
        }

        @Test
        void isNoneOfTheOther250Bytes() {
            for (int b = 0; b < 256; b++) {
                if (SPACES.indexOf(b) < 0) {
                    String id = "ki" + (char) b + "wi";
                    assertThat(iAmAt("IAMAT " + id + " +34-118 7").client()).as("byte %d", b).isEqualTo(id);
                    assertMalformed("IAMAT" + (char) b + "kiwi +34-118 7");
                    assertMalformed((char) b + "IAMAT kiwi +34-118 7");
                }
            }
        }

        @ParameterizedTest
        @ValueSource(strings = {"", " ", "\t", "\r", "\f\u000B \t"})
        void aloneIsNoCommand(String blank) {
            assertMalformed(blank);
        }
    }

    @Nested
    class CommandNames {
        @ParameterizedTest
        @ValueSource(
                strings = {"iamat", "Iamat", "IAMAt", "IAMA", "IAMATT", "IAM AT", "AT", "\u00C9AMAT", "HERD", "BEAT",
                    "IAMAT\0", "WHATSAT"})
        void otherThanIamatTakeNoReport(String name) {
            assertMalformed(name + " kiwi +34-118 7");
        }

        @ParameterizedTest
        @ValueSource(strings = {"whatsat", "Whatsat", "WHATSIT", "WHATSA", "WHATSATT", "WHATS AT", "IAMAT"})
        void otherThanWhatsatAskNothing(String name) {
            assertMalformed(name + " kiwi 10 5");
        }

        @Test
        void anAtLineFromAClientIsNoCommand() {
            assertMalformed("AT Alford +0.563873386 kiwi +34.068930-118.445127 1400794645.392014450");
        }
    }

    @Nested
    class NumberOfFields {
        @ParameterizedTest
        @ValueSource(
                strings = {"IAMAT", "IAMAT kiwi", "IAMAT kiwi +34-118", "IAMAT +34-118 7", "IAMAT kiwi +34-118 7 8",
                    "IAMAT kiwi +34-118 7 x", "IAMAT kiwi +34 -118 7", "IAMAT ki wi +34-118 7", "IAMATkiwi +34-118 7"})
        void ofAReportIsThreeAfterTheName(String line) {
            assertMalformed(line);
        }

        @ParameterizedTest
        @ValueSource(strings = {"WHATSAT", "WHATSAT kiwi", "WHATSAT kiwi 10", "WHATSAT 10 5", "WHATSAT kiwi 10 5 1",
            "WHATSAT kiwi 10 5 x", "WHATSAT kiwi 1 0 5"})
        void ofAQuestionIsThreeAfterTheName(String line) {
            assertMalformed(line);
        }
    }
}
