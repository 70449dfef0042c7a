package dev.proxyherd.places.bundled;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.proxyherd.geo.PlusCode;
import dev.proxyherd.places.PlacesException;
import dev.proxyherd.places.PlacesProvider;
import dev.proxyherd.places.PlacesQuery;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the bundled places answer. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BundledPlacesTest {
    private PlacesProvider places;

    @BeforeAll
    void load() {
        places = new BundledPlaces();
    }

    @AfterAll
    void close() {
        places.close();
    }

    private JsonObject ask(double latitude, double longitude, double kilometres, int bound) throws PlacesException {
        byte[] document = places.nearby(PlacesQuery.withinKm(latitude, longitude, kilometres, bound)).bytes();
        return JsonParser.parseString(new String(document, StandardCharsets.UTF_8)).getAsJsonObject();
    }

    private List<JsonObject> results(double latitude, double longitude, double kilometres, int bound)
            throws PlacesException {
        return ask(latitude, longitude, kilometres, bound).getAsJsonArray("results").asList().stream()
                .map(e -> e.getAsJsonObject()).toList();
    }

    private static String name(JsonObject result) {
        return result.get("name").getAsString();
    }

    @Nested
    class TheWorld {
        @ParameterizedTest
        @CsvSource(delimiter = '|', value = {
            "34.068930 | -118.445127 | 10 | Westwood             | geonames:5408522 | California, United States",
            "34.05     | -118.25     | 10 | Los Angeles          | geonames:5368361 | California, United States",
            "51.5074   | -0.1278     | 10 | London               | geonames:2643743 | England, United Kingdom",
            "-18.14    | 178.44      | 10 | Suva                 | geonames:2198148 | Central, Fiji",
            "78.22     | 15.65       | 10 | Longyearbyen         | geonames:2729907 | Svalbard, Svalbard and Jan Mayen",
            "64.13     | -21.94      | 10 | Reykjavik Airport    | ourairports:125  | Reykjavik, Capital Region, Iceland",
            "66.32     | 179.9       | 50 | Egvekinot            | geonames:4031742 | Chukotka, Russia",
            "-90       | 123.4       | 0  | South Pole Station Airport | ourairports:5054 "
                    + "| Amundsen-Scott South Pole Station, Antarctica"})
        void hasPlacesWhereTheyAre(double latitude, double longitude, double kilometres, String name, String id,
                String vicinity) throws PlacesException {
            List<JsonObject> found = results(latitude, longitude, kilometres, 20);
            JsonObject place = found.stream().filter(r -> name(r).equals(name)).findFirst()
                    .orElseThrow(() -> new AssertionError(name + " is not in " + found));
            assertThat(place.get("place_id").getAsString()).isEqualTo(id);
            assertThat(place.get("vicinity").getAsString()).isEqualTo(vicinity);
        }

        @Test
        void comesNearestFirst() throws PlacesException {
            List<Double> metres = new ArrayList<>();
            for (JsonObject result : results(48.8566, 2.3522, 50, 20)) {
                JsonObject at = result.getAsJsonObject("geometry").getAsJsonObject("location");
                metres.add(
                        PlaceTables.metres(48.8566, 2.3522, at.get("lat").getAsDouble(), at.get("lng").getAsDouble()));
            }
            assertThat(metres).hasSize(20).isSorted();
        }

        @Test
        void givesEachPlaceAnIdOfItsOwn() throws Exception {
            PlaceTable table = BundledPlaces.readResource();
            Set<String> ids = new HashSet<>();
            byte[] code = new byte[PlusCode.LENGTH];
            for (int place = 0; place < table.size(); place++) {
                PlusCode.write(code, 0, table.latitudes()[place], table.longitudes()[place]);
                boolean airport = PlaceKind.of(table.kinds()[place]).isAirport();
                int id = table.ids()[place];
                ids.add(id == 0 ? new String(code, StandardCharsets.US_ASCII) : airport + ":" + id);
            }
            assertThat(ids).hasSize(table.size());
        }
    }

    @Nested
    class TheBound {
        @ParameterizedTest
        @ValueSource(ints = {1, 2, 19, 20})
        void isHowManyComeAtMost(int bound) throws PlacesException {
            assertThat(results(51.5074, -0.1278, 10, bound)).hasSize(bound)
                    .isEqualTo(results(51.5074, -0.1278, 10, 20).subList(0, bound));
        }

        @Test
        void ofZeroLeavesTheStatusHonest() throws PlacesException {
            JsonObject near = ask(51.5074, -0.1278, 10, 0);
            assertThat(near.get("status").getAsString()).isEqualTo("OK");
            assertThat(near.getAsJsonArray("results")).isEmpty();
            assertThat(ask(0, -30, 50, 0).get("status").getAsString()).isEqualTo("ZERO_RESULTS");
        }
    }

    @Nested
    class TheDocument {
        @Test
        void ofNothingHasTheSameKeys() throws PlacesException {
            JsonObject nothing = ask(0, -30, 50, 20);
            assertThat(nothing.keySet()).containsExactly("html_attributions", "results", "status");
            assertThat(nothing.get("status").getAsString()).isEqualTo("ZERO_RESULTS");
            assertThat(nothing.getAsJsonArray("results")).isEmpty();
        }

        @Test
        void givesCreditToTheSources() throws PlacesException {
            assertThat(ask(51.5074, -0.1278, 10, 1).getAsJsonArray("html_attributions").toString())
                    .contains("GeoNames").contains("https://creativecommons.org/licenses/by/4.0/")
                    .contains("OurAirports");
        }
    }

    @Test
    void manyMayAskAtOnce() throws Exception {
        PlacesQuery query = new PlacesQuery(51.5074, -0.1278, 10_000, 20);
        byte[] expected = places.nearby(query).bytes();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<byte[]>> answers = new ArrayList<>();
            for (int i = 0; i < 200; i++) {
                answers.add(threads.submit(() -> places.nearby(query).bytes()));
            }
            for (Future<byte[]> answer : answers) {
                assertThat(answer.get()).isEqualTo(expected);
            }
        }
    }
}
