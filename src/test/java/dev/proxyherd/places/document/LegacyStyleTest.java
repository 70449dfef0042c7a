package dev.proxyherd.places.document;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonParser;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** The white space, order and escapes of Google's recorded answers. */
class LegacyStyleTest {
    private static String printed(String json) {
        return new String(LegacyStyle.print(JsonParser.parseString(json).getAsJsonObject()), StandardCharsets.UTF_8);
    }

    @Test
    void indentsByThreeSpacesInTheOrderOfKeys() {
        assertThat(printed("{\"b\":{\"d\":true,\"c\":null},\"a\":[{\"f\":1.50,\"e\":\"x\"},{}],\"0\":\"7\"}"))
                .isEqualTo("""
                {
                   "0" : "7",
                   "a" : [
                      {
                         "e" : "x",
                         "f" : 1.50
                      },
                      {}
                   ],
                   "b" : {
                      "c" : null,
                      "d" : true
                   }
                }""");
    }

    @Test
    void keepsTheSpellingOfNumbers() {
        assertThat(printed("{\"a\":-118.44500,\"b\":1e2}")).isEqualTo("{\n   \"a\" : -118.44500,\n   \"b\" : 1e2\n}");
    }

    @Nested
    class AnArray {
        @Test
        void withoutElementsIsOnOneLine() {
            assertThat(printed("{\"a\":[]}")).isEqualTo("{\n   \"a\" : []\n}");
        }

        @Test
        void ofScalarsIsOnOneLine() {
            assertThat(printed("{\"a\":[\"cafe\",1,true]}")).isEqualTo("{\n   \"a\" : [ \"cafe\", 1, true ]\n}");
        }

        @Test
        void ofScalarsIsSpreadFrom74CharactersOn() {
            String longest = "[ \"" + "x".repeat(67) + "\" ]";
            assertThat(longest).hasSize(73);
            assertThat(printed("{\"a\":" + longest + "}")).isEqualTo("{\n   \"a\" : " + longest + "\n}");
            String longer = "\"" + "x".repeat(68) + "\"";
            assertThat(printed("{\"a\":[" + longer + "]}")).isEqualTo("{\n   \"a\" : [\n      " + longer + "\n   ]\n}");
        }

        @Test
        void ofOtherThanScalarsIsSpread() {
            assertThat(printed("{\"a\":[1,[2,3],null]}"))
                    .isEqualTo("{\n   \"a\" : [\n      1,\n      [ 2, 3 ],\n      null\n   ]\n}");
        }
    }

    @Nested
    class AText {
        @Test
        void hasTheShortEscapes() {
            assertThat(LegacyStyle.quoted("\"\\\n\t\r/'")).isEqualTo("\"\\\"\\\\\\n\\t\\r/'\"");
        }

        @Test
        void hasLongEscapesForOtherControlCharactersAndAngleBrackets() {
            assertThat(LegacyStyle.quoted("\0\u001f \u007f<>;=?"))
                    .isEqualTo("\"\\u0000\\u001f \\u007f\\u003c\\u003e;=?\"");
        }

        @Test
        void isRawOtherwise() {
            assertThat(LegacyStyle.quoted("Caf\u00e9 \u4e8c\ud83c\udf55~\u0080")).isEqualTo(
                    "\"Caf\u00e9 \u4e8c\ud83c\udf55~\u0080\"");
        }
    }
}
