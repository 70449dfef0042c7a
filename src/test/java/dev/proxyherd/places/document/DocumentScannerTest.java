package dev.proxyherd.places.document;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.proxyherd.places.DocumentShape;
import dev.proxyherd.places.PlacesException;
import dev.proxyherd.places.PlacesException.Status;
import dev.proxyherd.places.PlacesProvider;
import dev.proxyherd.places.ResultSpans;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a scan knows of a document, and what it says of one that is none. */
class DocumentScannerTest {
    private static DocumentShape shape(String document) throws PlacesException {
        return DocumentScanner.scan(document.getBytes(UTF_8)).shape();
    }

    @Nested
    class TheResults {
        @Test
        void lieBetweenTheirBrackets() throws PlacesException {
            String document = "{ \"results\" : [ 1 , {\"a\":[2]}\n] }";
            ResultSpans results = shape(document).results();
            assertThat(results.keyAt()).isEqualTo(document.indexOf('"'));
            assertThat(results.found()).isEqualTo(2);
            assertThat(results.cutFrom(0)).isEqualTo(document.indexOf('[') + 1);
            assertThat(results.cutFrom(1)).isEqualTo(document.indexOf(" ,"));
            assertThat(results.cutFrom(2)).isEqualTo(results.end()).isEqualTo(document.indexOf('\n'));
            assertThat(results.cutFrom(PlacesProvider.MAX_RESULTS)).isEqualTo(results.end());
        }

        @Test
        void endAtTheirBracketWithoutAny() throws PlacesException {
            String document = "{\"results\":[ ]}";
            assertThat(shape(document).results().found()).isZero();
            assertThat(shape(document).results().end()).isEqualTo(document.indexOf('[') + 1);
        }

        @ParameterizedTest
        @ValueSource(ints = {19, 20, 21, 22})
        void areCountedBeyondTheMostThatAnyBoundKeeps(int count) throws PlacesException {
            String document = "{\"results\":[1" + ",1".repeat(count - 1) + "]}";
            ResultSpans results = shape(document).results();
            assertThat(results.found()).isEqualTo(count);
            assertThat(results.end()).isEqualTo(document.indexOf(']'));
            assertThat(results.cutFrom(PlacesProvider.MAX_RESULTS))
                    .isEqualTo(document.indexOf('1') + 2 * Math.min(count, PlacesProvider.MAX_RESULTS) - 1);
        }
    }

    @Nested
    class InfoMessages {
        @ParameterizedTest
        @CsvSource(quoteCharacter = '`', value = {"`[]`, true", "`[ \n]`, true", "`[ \"a\" ]`, false",
            "`[[]]`, false"})
        void haveAPlaceWhereOneMoreCanBePut(String messages, boolean empty) throws PlacesException {
            String document = "{\"results\":[],\"info_messages\":" + messages + "}";
            DocumentShape shape = shape(document);
            assertThat(shape.infoMessagesAt()).isEqualTo(document.lastIndexOf(messages) + 1);
            assertThat(shape.infoMessagesEmpty()).isEqualTo(empty);
        }

        @ParameterizedTest
        @ValueSource(strings = {"{\"results\":[]}", "{\"results\":[],\"info_messages\":\"[]\"}",
            "{\"results\":[{\"info_messages\":[]}]}"})
        void haveNoneWithoutAnArrayOfThem(String document) throws PlacesException {
            assertThat(shape(document).infoMessagesAt()).isEqualTo(DocumentShape.NO_INFO_MESSAGES);
            assertThat(shape(document).infoMessagesEmpty()).isFalse();
        }
    }

    @Nested
    class NewlineRuns {
        @ParameterizedTest
        @ValueSource(strings = {"\n\n{\"results\":[]}", "{\"results\":[\n\n]}", "{\"results\":[]}\n\n",
            "{\"results\":[1 \n\n,2]}", "{\"results\":[{\"a\"\n\n:2}]}"})
        void areSeenWhereverTheyAre(String document) throws PlacesException {
            assertThat(shape(document).newlineRuns()).isTrue();
        }

        @ParameterizedTest
        @ValueSource(strings = {"{\"results\":[]}", "{\n\"results\"\n:\n[\n]\n}\n", "{\"results\":[\n \n\t\n\r\n]}",
            "{\"results\":[\"\\n\\n\"]}"})
        void areNotSeenWhereOtherBytesAreBetween(String document) throws PlacesException {
            assertThat(shape(document).newlineRuns()).isFalse();
        }
    }

    @Nested
    class TheStatus {
        @ParameterizedTest
        @CsvSource({"OK, false", "ZERO_RESULTS, false", "REQUEST_DENIED, true", "AZ_, true"})
        void isAWordInCapitals(String word, boolean failed) throws PlacesException {
            DocumentShape shape = shape("{\"results\":[],\"status\":\"" + word + "\"}");
            assertThat(shape.status()).isEqualTo(word);
            assertThat(shape.failed()).isEqualTo(failed);
        }

        @ParameterizedTest
        @ValueSource(strings = {"", "ok", "@", "[", "O K", "OK\\n"})
        void isNothingElseSinceItIsLogged(String word) {
            assertThatThrownBy(() -> shape("{\"results\":[],\"status\":\"" + word + "\"}"))
                    .hasMessageContaining("the status is no status word");
        }

        @Test
        void isNoLongerThan64Letters() throws PlacesException {
            String longest = "X".repeat(64);
            assertThat(shape("{\"status\":\"" + longest + "\",\"results\":[]}").status()).isEqualTo(longest);
            assertThatThrownBy(() -> shape("{\"status\":\"" + longest + "X\",\"results\":[]}"))
                    .hasMessageContaining("the status is no status word");
        }

        @Test
        void standsForAFailureOfItsNameOrForOneThatIsUnknown() throws PlacesException {
            for (Status status : Status.values()) {
                assertThat(shape("{\"results\":[],\"status\":\"" + status + "\"}").failure()).isEqualTo(status);
            }
            assertThat(shape("{\"results\":[],\"status\":\"NOT_FOUND\"}").failure()).isEqualTo(Status.UNKNOWN_ERROR);
        }

        @Test
        void isTakenIntoTheExceptionWithTheProvidersOwnWords() throws PlacesException {
            assertThat(shape("{\"results\":[],\"status\":\"REQUEST_DENIED\"}").failureAsException())
                    .hasMessage("The places provider answered REQUEST_DENIED");
            assertThat(shape("{\"results\":[],\"status\":\"REQUEST_DENIED\",\"error_message\":\"no \\\"key\\\"\"}")
                    .failureAsException()).hasMessage("The places provider answered REQUEST_DENIED: no \"key\"");
        }
    }

    @Test
    void keysCountByWhatTheySpell() throws PlacesException {
        assertThat(shape("{\"\\u0072esults\":[1],\"st\\u0061tus\":\"OK\"}").status()).isEqualTo("OK");
    }

    @Nested
    class AProblem {
        @ParameterizedTest
        @CsvSource(quoteCharacter = '`', value = {
            "`[1]`, 0, the document is no object",
            "`{`, 1, it ends too early",
            "`{results:[]}`, 1, no string",
            "`{\"results\"[]}`, 10, no colon after a key",
            "`{\"results\":{}}`, 11, results is no array",
            "`{}`, 2, there is no results array",
            "`{\"results\":[]`, 13, neither a comma nor } after a value",
            "`{\"results\":[1 2]}`, 14, neither a comma nor ] after a value",
            "`{\"results\":[{\"a\":1]}`, 18, neither a comma nor } after a value",
            "`{\"results\":[]} x`, 15, something follows the document",
            "`{\"results\":[],\"results\":[]}`, 24, the key results comes twice",
            "`{\"status\":\"OK\",\"status\":\"OK\"}`, 24, the key status comes twice",
            "`{\"error_message\":\"\",\"error_message\":\"\"}`, 36, the key error_message comes twice",
            "`{\"info_messages\":[],\"info_messages\":[]}`, 36, the key info_messages comes twice",
            "`{\"results\":[tru]}`, 12, no value",
            "`{\"results\":[`, 12, it ends too early",
            "`{\"results\":[{\"a\" 2}]}`, 17, no colon after a key",
            "`{\"results\":[\"a`, 14, it ends inside a string",
            "`{\"results\":[\"\\x\"]}`, 13, an unknown escape",
            "`{\"results\":[\"\\u12`, 17, no four hexadecimal digits after \\u",
            "`{\"results\":[\"\0\"]}`, 13, a control character in a string",
            "`{\"results\":[\"\u001f\"]}`, 13, a control character in a string",
            "`{\"status\":1}`, 10, no string"})
        void isNamedWithWhereItIs(String document, int at, String problem) {
            assertThatThrownBy(() -> DocumentScanner.scan(document.getBytes(ISO_8859_1)))
                    .isInstanceOf(PlacesException.class)
                    .hasMessage("The places provider sent a malformed document: " + problem + " (at byte " + at + ")");
        }
    }
}
