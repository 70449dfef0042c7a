package dev.proxyherd.places.document;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import dev.proxyherd.places.PlacesException;
import dev.proxyherd.places.PlacesQuery;
import dev.proxyherd.places.ProviderDocument;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Results of other formats, as a document of Nearby Search. */
class MappedDocumentTest {
    private final JsonObject place = MappedDocument.place("node:1", "Bar", number("34.0690"), number("-118.40"));

    private static JsonPrimitive number(String spelling) {
        return JsonParser.parseString(spelling).getAsJsonPrimitive();
    }

    private static ProviderDocument print(List<JsonObject> results, @Nullable String info) throws PlacesException {
        return MappedDocument.print(results, List.of("<b>Credit</b>"), info);
    }

    @Test
    void hasTheMembersOfTheFormat() throws PlacesException {
        assertThat(new String(print(List.of(place), "Cut short").bytes(), StandardCharsets.UTF_8)).isEqualTo("""
                {
                   "html_attributions" : [ "\\u003cb\\u003eCredit\\u003c/b\\u003e" ],
                   "info_messages" : [ "Cut short" ],
                   "results" : [
                      {
                         "geometry" : {
                            "location" : {
                               "lat" : 34.0690,
                               "lng" : -118.40
                            }
                         },
                         "name" : "Bar",
                         "place_id" : "node:1"
                      }
                   ],
                   "status" : "OK"
                }""");
    }

    @Test
    void hasNoInfoMessagesWithoutOne() throws PlacesException {
        assertThat(new String(print(List.of(place), null).bytes(), StandardCharsets.UTF_8))
                .doesNotContain("info_messages");
    }

    @Test
    void saysThatThereAreNoResults() throws PlacesException {
        assertThat(print(List.of(), null).shape().status()).isEqualTo("ZERO_RESULTS");
    }

    @Test
    void holdsAsManyResultsAsTheFormatAllows() throws PlacesException {
        assertThat(print(Collections.nCopies(20, place), null).shape().results().found()).isEqualTo(20);
        assertThat(print(Collections.nCopies(21, place), null).shape().results().found()).isEqualTo(20);
    }

    @ParameterizedTest
    @CsvSource({"0, 1", "0.5, 1", "1, 1", "1234.5, 1234.5", "50000, 50000"})
    void asksForARadiusThatEveryProviderAccepts(double asked, double sent) {
        assertThat(MappedDocument.radius(new PlacesQuery(34, -118, asked, 5))).isEqualTo(sent);
    }
}
