package dev.proxyherd.gateway.request;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonParser;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonTextTest {
    private static String string(String text) {
        StringBuilder json = new StringBuilder();
        JsonText.string(json, text);
        return json.toString();
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', quoteCharacter = '`',
            value = {"`` ; \"\"", "kiwi ; \"kiwi\"", "a\"b\\c ; \"a\\\"b\\\\c\"",
                "\\\" ; \"\\\\\\\"\"", "</script>&c ; \"\\u003c/script\\u003e\\u0026c\"", "caf\u00E9 ; \"caf\u00E9\""})
    void copiesWhatIsSafeAndEscapesTheRest(String text, String json) {
        assertThat(string(text)).isEqualTo(json);
    }

    @Test
    void meansWhatItWasMadeOfAndIsSafeInHtmlScriptsAndTerminals() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int i = 0; i < 2_000; i++) {
            StringBuilder text = new StringBuilder();
            for (int left = random.nextInt(20); left > 0; left--) {
                text.append((char) switch (random.nextInt(4)) {
                    case 0 -> random.nextInt(0xA0);
                    case 1 -> "\"\\<>&\u2028\u2029".charAt(random.nextInt(7));
                    case 2 -> 0x2000 + random.nextInt(0x100);
                    default -> 'a' + random.nextInt(26);
                });
            }
            String json = string(text.toString());
            String document = JsonText.document(out -> out.beginArray().value(text.toString()).endArray());

            assertThat(JsonParser.parseString(json).getAsString()).as("seed %d", seed).isEqualTo(text.toString());
            assertThat(JsonParser.parseString(document).getAsJsonArray().get(0).getAsString()).as("seed %d", seed)
                    .isEqualTo(text.toString());
            assertThat(json + document.strip()).as("seed %d", seed)
                    .doesNotContainPattern("[\\x00-\\x1f\\x7f-\\x9f<>&\\u2028\\u2029]");
        }
    }
}
