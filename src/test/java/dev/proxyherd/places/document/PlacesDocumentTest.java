package dev.proxyherd.places.document;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.proxyherd.places.PlacesException;
import dev.proxyherd.places.PlacesException.Status;
import dev.proxyherd.places.SampleDocument;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlacesDocumentTest {

    private static PlacesDocument cut(String body, int bound) throws PlacesException {
        return PlacesDocument.of(DocumentScanner.scan(body.getBytes(UTF_8)), bound);
    }

    private static String text(PlacesDocument document) {
        return new String(document.bytes(), UTF_8);
    }

    @Nested
    class Cutting {
        @Test
        void everyBoundLeavesTheSourceWithWholeElementsRemoved() throws PlacesException {
            for (long seed = 0; seed < 40; seed++) {
                SampleDocument sample = SampleDocument.random(new Random(seed), seed == 0 ? 20 : (int) (seed % 21));
                for (int bound = 0; bound <= 20; bound++) {
                    PlacesDocument document = cut(sample.whole(), bound);
                    assertThat(text(document)).as("seed %d bound %d", seed, bound).isEqualTo(sample.cutTo(bound));
                    assertThat(document.results()).isEqualTo(Math.min(bound, sample.elements().size()));
                }
            }
        }

        @Test
        void removesFromTheEndOfTheLastElementKeptToTheEndOfTheLast() throws PlacesException {
            String body = "{ \"results\" : [ 1 ,\n2\t,3  ], \"status\" : \"OK\" }";
            assertThat(text(cut(body, 0))).isEqualTo("{ \"results\" : [  ], \"status\" : \"OK\" }");
            assertThat(text(cut(body, 1))).isEqualTo("{ \"results\" : [ 1  ], \"status\" : \"OK\" }");
            assertThat(text(cut(body, 2))).isEqualTo("{ \"results\" : [ 1 ,\n2  ], \"status\" : \"OK\" }");
            assertThat(text(cut(body, 3))).isEqualTo(body);
        }

        @Test
        void theNewlineRuleComesAfterTheCut() throws PlacesException {
            assertThat(text(cut("{\"results\":[\n\n1\n\n\n],\"status\":\"OK\"}\n\n", 1)))
                    .isEqualTo("{\"results\":[\n1\n],\"status\":\"OK\"}");
            assertThat(text(cut("{\"results\":[1,2\n\n],\"status\":\"OK\"}", 0)))
                    .isEqualTo("{\"results\":[\n],\"status\":\"OK\"}");
        }

        @Test
        void resultsInsideOtherMembersAreNotTheResults() throws PlacesException {
            String body =
                    "{\"x\":{\"results\":[1,2]},\"status\":\"OK\",\"res\\u0075lts\":[7,8],\"y\":[{\"results\":[3]}]}";
            assertThat(text(cut(body, 1))).isEqualTo(body.replace("7,8", "7"));
        }

        @Test
        void carriageReturnsAreNoNewlines() throws PlacesException {
            assertThat(text(cut("{\"results\":[]\r\n\r\n}\r\n\n", 5))).isEqualTo("{\"results\":[]\r\n\r\n}\r");
        }
    }

    @Nested
    class StatusWords {
        @Test
        void aProvidersOwnFailureIsHandedOn() throws PlacesException {
            String body = """
                    {
                       "error_message" : "Sorry: \\"no\\".",
                       "html_attributions" : [],
                       "results" : [],
                       "status" : "REQUEST_DENIED"
                    }
                    """;
            PlacesDocument document = cut(body, 20);
            assertThat(text(document)).isEqualTo(body.strip());
            assertThat(document.status()).isEqualTo("REQUEST_DENIED");
        }

        @Test
        void aFailureWithoutTheShapeOfOneIsAnExceptionWithTheSameWord() {
            PlacesException failure = catchThrowableOfType(PlacesException.class,
                    () -> cut("{\"results\":[],\"status\":\"INVALID_REQUEST\"}", 20));
            assertThat(failure.status()).isEqualTo(Status.INVALID_REQUEST);
            failure = catchThrowableOfType(PlacesException.class,
                    () -> cut("{\"error_message\":\"?\",\"results\":[1],\"status\":\"OVER_QUERY_LIMIT\"}", 20));
            assertThat(failure.status()).isEqualTo(Status.OVER_QUERY_LIMIT);
            failure = catchThrowableOfType(PlacesException.class,
                    () -> cut("{\"error_message\":\"?\",\"results\":[],\"status\":\"NOT_FOUND\"}", 20));
            assertThat(failure.status()).isEqualTo(Status.UNKNOWN_ERROR);
            assertThat(failure).hasMessageContaining("NOT_FOUND");
        }

        @Test
        void aDocumentWithoutStatusIsHandedOnAsNone() throws PlacesException {
            assertThat(cut("{\"results\":[]}", 3).status()).isEqualTo("NONE");
        }

        @Test
        void theLogLineNamesStatusCountAndSizeOnly() throws PlacesException {
            assertThat(cut("{\"results\":[1,2],\"status\":\"OK\"}", 1)).hasToString("OK, 1 results, 29 bytes");
        }
    }

    @Nested
    class Malformed {
        @ParameterizedTest
        @ValueSource(strings = {"", " ", "null", "[]", "{", "{}", "<html></html>", "{\"results\":{}}",
            "{\"results\":[}", "{\"results\":[]",
            "{\"results\":[]}x", "{\"results\":[],}", "{\"results\":[1,]}", "{\"results\":[,1]}", "{\"results\":[1 2]}",
            "{\"results\":[01]}", "{\"results\":[1.]}", "{\"results\":[.5]}", "{\"results\":[1e]}", "{\"results\":[-]}",
            "{\"results\":[nul]}", "{\"results\":[\"\\x\"]}", "{\"results\":[\"\\u12g4\"]}", "{\"results\":[\"a\nb\"]}",
            "{\"results\":[{1:2}]}", "{\"results\":[{\"a\" 2}]}", "{\"results\":[{\"a\":}]}", "{\"results\":[[}]}",
            "{\"results\":[],\"results\":[]}", "{\"results\":[],\"status\":\"OK\",\"status\":\"OK\"}",
            "{\"results\":[],\"status\":5}", "{\"results\":[],\"status\":\"two words\"}", "{results:[]}",
            "\uFEFF{\"results\":[]}"})
        void isAnUnknownErrorThatNamesTheProblem(String body) {
            PlacesException failure = catchThrowableOfType(PlacesException.class, () -> cut(body, 20));
            assertThat(failure.status()).isEqualTo(Status.UNKNOWN_ERROR);
            assertThat(failure).hasMessageContaining("malformed document: ").hasMessageContaining("at byte ");
        }

        @Test
        void bytesThatAreNotUtf8AreRefused() {
            for (int[] bad : new int[][] {{0x80}, {0xc0, 0xaf}, {0xed, 0xa0, 0x80}, {0xf5, 0x80, 0x80, 0x80},
                {0xe3, 0x81}, {0xff}}) {
                byte[] body = "{\"results\":[\"0123\"]}".getBytes(UTF_8);
                for (int i = 0; i < bad.length; i++) {
                    body[13 + i] = (byte) bad[i];
                }
                assertThatThrownBy(() -> PlacesDocument.of(DocumentScanner.scan(body), 1))
                        .hasMessageContaining("not UTF-8");
            }
        }

        @Test
        void hostileNestingIsRefusedWithoutRecursion() {
            String deep = "{\"results\":[" + "[{\"a\":".repeat(1_000_000);
            assertThatThrownBy(() -> cut(deep, 1)).hasMessageContaining("levels deep");
        }

        @Test
        void nestingIsReadDownToTheLevelThatIsNamed() throws PlacesException {
            String most = "[{\"a\":".repeat(32) + "1" + "}]".repeat(32);
            assertThat(cut("{\"results\":[" + most + "]}", 1).results()).isEqualTo(1);
            assertThatThrownBy(() -> cut("{\"results\":[[" + most + "]]}", 1))
                    .hasMessageContaining("more than 64 levels deep");
        }

        @Test
        void everyPrefixOfADocumentIsRefused() {
            byte[] whole = SampleDocument.random(new Random(7), 3).whole().strip().getBytes(UTF_8);
            for (int length = 0; length < whole.length; length++) {
                byte[] prefix = Arrays.copyOf(whole, length);
                assertThatThrownBy(() -> PlacesDocument.of(DocumentScanner.scan(prefix), 2))
                        .isInstanceOf(PlacesException.class);
            }
        }

        @Test
        void anyDamageIsEitherRefusedOrStillADocument() {
            byte[] whole = SampleDocument.random(new Random(8), 4).whole().getBytes(UTF_8);
            for (long seed = 0; seed < 3_000; seed++) {
                Random random = new Random(seed);
                byte[] damaged = whole.clone();
                damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
                try {
                    String text = text(PlacesDocument.of(DocumentScanner.scan(damaged), 2));
                    assertThat(JsonParser.parseString(text).getAsJsonObject().getAsJsonArray("results").size())
                            .isLessThanOrEqualTo(2);
                } catch (PlacesException expected) {
                    assertThat(expected.status()).as("seed %d", seed).isEqualTo(Status.UNKNOWN_ERROR);
                }
            }
        }
    }

    @Nested
    class OfAFailure {
        @Test
        void hasTheFormatsShapeAndWhiteSpace() {
            PlacesDocument document = PlacesDocument.failure(Status.OVER_QUERY_LIMIT, "Too \"many\",\nsorry");
            assertThat(text(document)).isEqualTo("""
                    {
                       "error_message" : "Too \\"many\\",\\nsorry",
                       "html_attributions" : [],
                       "results" : [],
                       "status" : "OVER_QUERY_LIMIT"
                    }""");
            assertThat(document.results()).isZero();
            assertThat(document.status()).isEqualTo("OVER_QUERY_LIMIT");
        }

        @Test
        void isItselfADocumentWhateverTheMessage() throws PlacesException {
            for (String message : new String[] {"", "\u0000\u001f\\ \u2028<b>", "🍕", "\ud800"}) {
                byte[] bytes = PlacesDocument.failure(Status.UNKNOWN_ERROR, message).bytes();
                assertThat(PlacesDocument.of(DocumentScanner.scan(bytes), 0).bytes()).isEqualTo(bytes);
            }
            JsonObject read = JsonParser.parseString(text(PlacesDocument.failure(Status.UNKNOWN_ERROR, "<b>\t")))
                    .getAsJsonObject();
            assertThat(read.get("error_message").getAsString()).isEqualTo("<b>\t");
        }
    }
}
