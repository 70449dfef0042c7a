package dev.proxyherd.places.google;

import static dev.proxyherd.places.Upstreams.KEY;
import static dev.proxyherd.places.Upstreams.QUERY;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.proxyherd.places.FakeUpstream;
import dev.proxyherd.places.PlacesProvider;
import dev.proxyherd.places.PlacesQuery;
import dev.proxyherd.places.Upstreams;
import dev.proxyherd.places.document.PlacesDocument;
import dev.proxyherd.places.setup.Places;
import dev.proxyherd.places.upstream.PlacesSource.Kind;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class GooglePlacesTest {
    private static final String FULL = """
            {
              "places": [
                {
                  "id": "inv-77",
                  "types": ["bakery", "store"],
                  "plusCode": {"globalCode": "8FVC2222+22", "compoundCode": "2222+22 Sampleville"},
                  "location": {"latitude": 34.06999999999999, "longitude": -118.5},
                  "viewport": {
                    "low": {"latitude": 34.0, "longitude": -119.10},
                    "high": {"latitude": 35, "longitude": -118}
                  },
                  "rating": 4.0,
                  "businessStatus": "OPERATIONAL",
                  "priceLevel": "PRICE_LEVEL_MODERATE",
                  "userRatingCount": 12,
                  "displayName": {"text": "Bäckerei <Nord> \\"N\\"", "languageCode": "de"},
                  "currentOpeningHours": {"openNow": false},
                  "shortFormattedAddress": "1 North Way, Sampleville",
                  "attributions": [{"provider": "Maps & Co", "providerUri": "https://maps.example/?a=1&b=2"}]
                },
                {"id": "inv-78", "location": {"latitude": 1, "longitude": 2}, "displayName": 3},
                {"id": "inv-79"},
                "no place"
              ]
            }
            """;

    private FakeUpstream upstream;
    private PlacesProvider provider;

    @BeforeEach
    void start() throws IOException {
        upstream = new FakeUpstream(FakeUpstream.ok(FULL));
        provider = Upstreams.open(Upstreams.settings(Kind.GOOGLE, upstream));
    }

    @AfterEach
    void stop() throws IOException {
        provider.close();
        upstream.close();
    }

    @Test
    void asksByPostWithTheKeyInAHeader() {
        Places.answer(provider, QUERY);
        FakeUpstream.Request request = upstream.requests().getFirst();
        assertThat(request.line()).isEqualTo("POST /places HTTP/1.1");
        assertThat(request.header("X-Goog-Api-Key")).isEqualTo(KEY);
        assertThat(request.header("Content-Type")).isEqualTo("application/json");
        assertThat(request.header("X-Goog-FieldMask")).contains("places.id,places.displayName,places.location");
        assertThat(JsonParser.parseString(request.body())).isEqualTo(JsonParser.parseString("""
                {"maxResultCount": 20, "rankPreference": "DISTANCE", "locationRestriction": {"circle": {
                  "center": {"latitude": 34.06893, "longitude": -118.445127}, "radius": 10000.0}}}"""));
    }

    @Test
    void asksForTheSmallestRadiusWhereTheClientsIsSmaller() {
        Places.answer(provider, new PlacesQuery(1, 2, 0.25, 3));
        assertThat(upstream.requests().getFirst().body()).contains("\"radius\":1.0", "\"maxResultCount\":20");
    }

    @Test
    void mapsAPlaceIntoTheLegacyShapeAndWhiteSpace() {
        assertThat(Upstreams.text(Places.answer(provider, new PlacesQuery(34, -118, 5_000, 1)))).isEqualTo("""
                {
                   "html_attributions" : [
                      "\\u003ca href=\\"https://maps.example/?a=1&amp;b=2\\"\\u003eMaps &amp; Co\\u003c/a\\u003e"
                   ],
                   "results" : [
                      {
                         "business_status" : "OPERATIONAL",
                         "geometry" : {
                            "location" : {
                               "lat" : 34.06999999999999,
                               "lng" : -118.5
                            },
                            "viewport" : {
                               "northeast" : {
                                  "lat" : 35,
                                  "lng" : -118
                               },
                               "southwest" : {
                                  "lat" : 34.0,
                                  "lng" : -119.10
                               }
                            }
                         },
                         "name" : "Bäckerei \\u003cNord\\u003e \\"N\\"",
                         "opening_hours" : {
                            "open_now" : false
                         },
                         "place_id" : "inv-77",
                         "plus_code" : {
                            "compound_code" : "2222+22 Sampleville",
                            "global_code" : "8FVC2222+22"
                         },
                         "price_level" : 2,
                         "rating" : 4.0,
                         "types" : [ "bakery", "store" ],
                         "user_ratings_total" : 12,
                         "vicinity" : "1 North Way, Sampleville"
                      }
                   ],
                   "status" : "OK"
                }""");
    }

    @Test
    void leavesOutWhatHasNoIdOrPosition() {
        PlacesDocument document = Places.answer(provider, QUERY);
        assertThat(document.results()).isEqualTo(2);
        JsonObject second = JsonParser.parseString(Upstreams.text(document)).getAsJsonObject()
                .getAsJsonArray("results").get(1).getAsJsonObject();
        assertThat(second.has("vicinity")).isFalse();
        assertThat(second.get("name").getAsString()).isEmpty();
    }

    @Test
    void hasNoUseForWhatIsNotAskedFor() {
        JsonObject place = JsonParser.parseString("""
                {"id": "inv-1", "location": {"latitude": 1, "longitude": 2}}""").getAsJsonObject();
        JsonObject mapped = GooglePlaceMapping.result(place);
        for (String other : List.of("formattedAddress", "iconBackgroundColor", "iconMaskBaseUri", "websiteUri")) {
            assertThat(GooglePlaces.FIELDS).doesNotContain("places." + other);
            place.addProperty(other, "x");
        }
        assertThat(GooglePlaceMapping.result(place)).isEqualTo(mapped);
    }

    @Test
    void anEmptyObjectIsNoResults() {
        upstream.always(FakeUpstream.ok("{}\n"));
        assertThat(Places.answer(provider, QUERY).status()).isEqualTo("ZERO_RESULTS");
    }

    @Test
    void aWrongShapeIsAnUnknownError() {
        for (String body : new String[] {"{\"places\": {}}", "{\"error\": {\"code\": 500}}", "{\"places\": 1}"}) {
            upstream.always(FakeUpstream.ok(body));
            assertThat(Places.answer(provider, QUERY).status()).isEqualTo("UNKNOWN_ERROR");
        }
    }

    @Test
    void itsErrorsBecomeTheFormatsOwnWithItsWords() {
        check(400, "INVALID_ARGUMENT", "Radius is out of range.", "", "INVALID_REQUEST");
        check(400, "INVALID_ARGUMENT", "API key not valid.", "", "REQUEST_DENIED");
        check(400, "INVALID_ARGUMENT", "Bad.", "{\"reason\": \"API_KEY_INVALID\"}", "REQUEST_DENIED");
        check(403, "PERMISSION_DENIED", "The API is not enabled.", "", "REQUEST_DENIED");
        check(429, "RESOURCE_EXHAUSTED", "Quota exceeded.", "", "OVER_QUERY_LIMIT");
        check(500, "INTERNAL", "Oops.", "", "UNKNOWN_ERROR");
        check(403, "PERMISSION_DENIED", "Key " + KEY + " is bad.", "", "REQUEST_DENIED");
    }

    private void check(int code, String word, String message, String detail, String status) {
        String body = "{\"error\": {\"code\": %d, \"message\": \"%s\", \"status\": \"%s\", \"details\": [%s]}}"
                .formatted(code, message, word, detail);
        upstream.always(FakeUpstream.status(code, "", body));
        PlacesDocument document = Places.answer(provider, QUERY);
        assertThat(document.status()).isEqualTo(status);
        assertThat(Upstreams.text(document)).contains(message.replace(KEY, "[key]")).doesNotContain(KEY);
    }
}
