package dev.proxyherd.places;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.proxyherd.places.PlaceTables.Point;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BundledPlacesTest {
    private static final Duration LONG = Duration.ofSeconds(30);

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
        byte[] document = places.nearby(new PlacesQuery(latitude, longitude, kilometres * 1_000, bound));
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
                metres.add(PlaceTables.metres(48.8566, 2.3522, at.get("lat").getAsDouble(), at.get("lng").getAsDouble()));
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

        @Test
        void isWrittenAsJsonWhateverTheNames() throws Exception {
            PlaceTable table = BundledPlaces.readResource();
            int[] everyTwentieth = IntStream.range(0, table.size() / 20).map(i -> 20 * i).toArray();
            byte[] document = BundledDocument.of(table, everyTwentieth, everyTwentieth.length);
            assertThat(JsonParser.parseString(new String(document, StandardCharsets.UTF_8)).getAsJsonObject()
                .getAsJsonArray("results")).hasSize(everyTwentieth.length);
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
        void hasTheWhitespaceAndOrderOfNearbySearch() {
            PlaceTable table = PlaceTables.of(List.of(Point.at(34.06893, -118.44513).named("A \"B\"")));
            assertThat(new String(BundledDocument.of(table, new int[] {0}, 5), StandardCharsets.UTF_8)).endsWith("""
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
                .contains("GeoNames").contains("https://creativecommons.org/licenses/by/4.0/").contains("OurAirports");
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
            String document = new String(BundledDocument.of(table, new int[] {0}, 1), StandardCharsets.UTF_8);
            return JsonParser.parseString(document).getAsJsonObject().getAsJsonArray("results").get(0).getAsJsonObject();
        }
    }

    @Nested
    class Loading {
        private final PlacesQuery query = new PlacesQuery(1, 1, 1_000, 5);

        @Test
        void holdsUpOnlyTheLookups() throws Exception {
            CountDownLatch gate = new CountDownLatch(1);
            Callable<PlaceTable> gated = () -> {
                gate.await();
                return PlaceTables.of(List.of(Point.at(1, 1).named("Here")));
            };
            try (BundledPlaces slow = new BundledPlaces(gated, LONG);
                    var lookups = Executors.newVirtualThreadPerTaskExecutor()) {
                Future<byte[]> early = lookups.submit(() -> slow.nearby(query));
                assertThat(early.isDone()).isFalse();
                gate.countDown();
                assertThat(new String(early.get(), StandardCharsets.UTF_8)).contains("\"Here\"");
            }
        }

        @Test
        void thatNeverEndsIsWaitedForNoLongerThanTold() {
            CountDownLatch never = new CountDownLatch(1);
            try (BundledPlaces stuck = new BundledPlaces(() -> {
                never.await();
                return null;
            }, Duration.ZERO)) {
                assertFailed(stuck, "still being loaded");
            }
            never.countDown();
        }

        @Test
        void thatFailsIsToldByEachLookup() {
            try (BundledPlaces broken = new BundledPlaces(() -> {
                throw new IOException("places.gz is missing");
            }, LONG)) {
                assertFailed(broken, "places.gz is missing");
                assertFailed(broken, "places.gz is missing");
            }
        }

        @Test
        void doesNotOutliveClosing() {
            BundledPlaces closed = new BundledPlaces(() -> PlaceTables.of(List.of()), LONG);
            closed.close();
            closed.close();
            assertFailed(closed, "closed");
        }

        @Test
        void keepsTheInterruptOfWhoWaits() {
            CountDownLatch never = new CountDownLatch(1);
            try (BundledPlaces stuck = new BundledPlaces(() -> {
                never.await();
                return null;
            }, LONG)) {
                Thread.currentThread().interrupt();
                assertFailed(stuck, "interrupted");
                assertThat(Thread.interrupted()).isTrue();
            }
            never.countDown();
        }

        private void assertFailed(BundledPlaces provider, String message) {
            PlacesException e = catchThrowableOfType(PlacesException.class, () -> provider.nearby(query));
            assertThat(e).hasMessageContaining(message);
            assertThat(e.status()).isEqualTo(PlacesException.Status.UNKNOWN_ERROR);
        }
    }

    @Test
    void manyMayAskAtOnce() throws Exception {
        PlacesQuery query = new PlacesQuery(51.5074, -0.1278, 10_000, 20);
        byte[] expected = places.nearby(query);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<byte[]>> answers = new ArrayList<>();
            for (int i = 0; i < 200; i++) {
                answers.add(threads.submit(() -> places.nearby(query)));
            }
            for (Future<byte[]> answer : answers) {
                assertThat(answer.get()).isEqualTo(expected);
            }
        }
    }
}
