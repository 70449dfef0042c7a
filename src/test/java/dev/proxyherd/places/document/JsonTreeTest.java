package dev.proxyherd.places.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import dev.proxyherd.places.PlacesException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever the shape of what others sent, a look gives what is there or nothing. */
class JsonTreeTest {
    private static final JsonElement TREE = JsonParser.parseString("""
            {"a": {"b": {"text": "x", "empty": "", "number": 1.50, "true": true, "null": null,
                         "list": [{"n": 1}, 2, [], {"n": 3}, null]}},
             "text": "top"}""");

    @Nested
    class ABody {
        private static JsonObject object(String body) throws PlacesException {
            return JsonTree.object(body.getBytes(StandardCharsets.UTF_8));
        }

        @Test
        void isAnObject() throws PlacesException {
            assertThat(object(" {\"caf\u00e9\":[1.50]} \n")).hasToString("{\"caf\u00e9\":[1.50]}");
        }

        @ParameterizedTest
        @ValueSource(strings = {"", "[]", "\"{}\"", "{", "{'a':1}", "{\"a\":01}", "{}{}", "{} x", "{\"a\":1,}"})
        void isNothingThatMerelyLooksLikeOne(String body) {
            assertThatThrownBy(() -> object(body)).isInstanceOf(PlacesException.class)
                    .hasMessageContaining("malformed document");
        }
    }

    @Nested
    class ALook {
        @Test
        void followsThePath() {
            assertThat(JsonTree.at(TREE)).isSameAs(TREE);
            assertThat(JsonTree.at(TREE, "a", "b", "number")).isEqualTo(new JsonPrimitive(1.50));
        }

        @Test
        void givesNullWhereThePathDoesNotLead() {
            assertThat(JsonTree.at(null, "a")).isNull();
            assertThat(JsonTree.at(TREE, "z", "b")).isNull();
            assertThat(JsonTree.at(TREE, "text", "b")).isNull();
            assertThat(JsonTree.at(TREE, "a", "b", "list", "n")).isNull();
        }

        @Test
        void findsATextThatIsNotEmpty() {
            assertThat(JsonTree.text(TREE, "a", "b", "text")).isEqualTo("x");
            for (String other : new String[] {"empty", "number", "true", "null", "list", "none"}) {
                assertThat(JsonTree.text(TREE, "a", "b", other)).as(other).isNull();
            }
        }

        @Test
        void findsANumberInItsSpelling() {
            assertThat(JsonTree.number(TREE, "a", "b", "number")).hasToString("1.50");
            for (String other : new String[] {"text", "true", "null", "list", "none"}) {
                assertThat(JsonTree.number(TREE, "a", "b", other)).as(other).isNull();
            }
        }

        @Test
        void findsTheObjectsOfAnArrayAndPassesOverTheRest() {
            assertThat(JsonTree.objects(TREE, "a", "b", "list")).extracting(JsonObject::toString)
                    .containsExactly("{\"n\":1}", "{\"n\":3}");
            assertThat(JsonTree.objects(TREE, "a")).isEmpty();
            assertThat(JsonTree.objects(TREE, "none")).isEmpty();
        }
    }

    @Test
    void aMemberIsPutOnlyIfThereIsAValue() {
        JsonObject to = new JsonObject();
        JsonTree.put(to, "number", new JsonPrimitive(7));
        JsonTree.put(to, "text", "x");
        JsonTree.put(to, "no number", (JsonPrimitive) null);
        JsonTree.put(to, "no text", (String) null);
        assertThat(to).hasToString("{\"number\":7,\"text\":\"x\"}");
    }
}
