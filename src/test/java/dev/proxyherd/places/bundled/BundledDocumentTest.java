package dev.proxyherd.places.bundled;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.proxyherd.places.ProviderDocument;
import dev.proxyherd.places.bundled.PlaceTables.Point;
import dev.proxyherd.places.document.DocumentScanner;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The document that tells of bundled places. */
class BundledDocumentTest {
    @Test
    void hasTheWhitespaceAndOrderOfNearbySearch() {
        PlaceTable table = PlaceTables.of(List.of(Point.at(34.06893, -118.44513).named("A \"B\"")));
        assertThat(new String(BundledDocument.of(table, new int[] {0}, 5).bytes(), StandardCharsets.UTF_8)).endsWith("""
               "results" : [
                  {
                     "geometry" : {
                        "location" : {
                           "lat" : 34.06893,
                           "lng" : -118.44513
                        },
                        "viewport" : {
                           "northeast" : {
                              "lat" : 34.07343,
                              "lng" : -118.4397
                           },
                           "southwest" : {
                              "lat" : 34.06443,
                              "lng" : -118.45056
                           }
                        }
                     },
                     "name" : "A \\"B\\"",
                     "place_id" : "geonames:1",
                     "plus_code" : {
                        "compound_code" : "3H93+HW A \\"B\\", Region, Country",
                        "global_code" : "85633H93+HW"
                     },
                     "types" : [ "locality", "political" ],
                     "vicinity" : "Region, Country"
                  }
               ],
               "status" : "OK"
            }
            """);
    }

    @ParameterizedTest
    @CsvSource({"LOCALITY, locality political", "NEIGHBORHOOD, neighborhood",
        "AIRPORT, airport point_of_interest establishment",
        "AIRPORT_WITHOUT_TOWN, airport point_of_interest establishment"})
    void saysWhatAPlaceIs(PlaceKind kind, String types) {
        assertThat(onlyResult(kind).getAsJsonArray("types").asList().stream().map(e -> e.getAsString()))
                .containsExactly(types.split(" "));
    }

    @Test
    void refersAnAirportsCodeToItsTownIfItHasOne() {
        assertThat(onlyResult(PlaceKind.AIRPORT).getAsJsonObject("plus_code").get("compound_code").getAsString())
                .isEqualTo("2222+22 Region, Country");
        assertThat(onlyResult(PlaceKind.AIRPORT_WITHOUT_TOWN).getAsJsonObject("plus_code").keySet())
                .containsExactly("global_code");
    }

    private JsonObject onlyResult(PlaceKind kind) {
        PlaceTable table = PlaceTables.of(List.of(Point.at(1, 1).of(kind)));
        String document = new String(BundledDocument.of(table, new int[] {0}, 1).bytes(), StandardCharsets.UTF_8);
        return JsonParser.parseString(document).getAsJsonObject().getAsJsonArray("results").get(0).getAsJsonObject();
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "0, 20", "1, 0", "1, 1", "20, 0", "20, 1", "20, 19", "20, 20"})
    void knowsWhatAReaderOfItsBytesFinds(int found, int bound) throws Exception {
        PlaceTable table = BundledPlaces.readResource();
        ProviderDocument document = BundledDocument.of(table, IntStream.range(0, found).toArray(), bound);
        assertThat(document.shape()).usingRecursiveComparison()
                .isEqualTo(DocumentScanner.scan(document.bytes()).shape());
    }

    @Test
    void isWrittenAsJsonWhateverTheNames() throws Exception {
        PlaceTable table = BundledPlaces.readResource();
        int[] everyTwentieth = IntStream.range(0, table.size() / 20).map(i -> 20 * i).toArray();
        byte[] document = BundledDocument.of(table, everyTwentieth, everyTwentieth.length).bytes();
        assertThat(JsonParser.parseString(new String(document, StandardCharsets.UTF_8)).getAsJsonObject()
                .getAsJsonArray("results")).hasSize(everyTwentieth.length);
        assertThat(DocumentScanner.scan(document).shape().results().found()).isEqualTo(everyTwentieth.length);
    }
}
