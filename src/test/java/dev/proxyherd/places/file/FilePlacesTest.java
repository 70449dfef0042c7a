package dev.proxyherd.places.file;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.proxyherd.geo.Geo;
import dev.proxyherd.places.PlacesProvider;
import dev.proxyherd.places.PlacesQuery;
import dev.proxyherd.places.Upstreams;
import dev.proxyherd.places.document.PlacesDocument;
import dev.proxyherd.places.setup.Places;
import dev.proxyherd.places.setup.PlacesSettings;
import dev.proxyherd.places.upstream.PlacesSource;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FilePlacesTest {
    private static final PlacesQuery HERE = new PlacesQuery(50, 8, 50_000, 20);

    private final Upstreams.World world = new Upstreams.World();

    @TempDir
    private Path folder;

    private PlacesDocument ask(byte[] content, PlacesQuery query) throws IOException {
        Path file = Files.write(folder.resolve("mine"), content);
        PlacesSettings settings = PlacesSettings.of(PlacesSource.parse("file:" + file));
        try (PlacesProvider provider = world.open(settings)) {
            return Places.answer(provider, query);
        }
    }

    private List<String> names(byte[] content, PlacesQuery query) throws IOException {
        PlacesDocument document = ask(content, query);
        List<String> names = new ArrayList<>();
        for (JsonElement result : read(document).getAsJsonArray("results")) {
            names.add(result.getAsJsonObject().get("name").getAsString());
        }
        return names;
    }

    private static JsonObject read(PlacesDocument document) {
        return JsonParser.parseString(Upstreams.text(document)).getAsJsonObject();
    }

    private static byte[] bytes(String... lines) {
        return (String.join("\n", lines) + "\n").getBytes(UTF_8);
    }

    private static byte[] gzip(byte[] content) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (OutputStream zip = new GZIPOutputStream(out)) {
            zip.write(content);
        }
        return out.toByteArray();
    }

    /** A line as GeoNames has it, nineteen columns. */
    private static String row(long id, String name, String latitude, String longitude, String kind) {
        return String.join("\t", Long.toString(id), name, "ascii", "a,b", latitude, longitude, kind.substring(0, 1),
                kind.substring(2),
                "DE", "", "HE", "", "", "", "1200", "", "95", "Europe/Berlin", "2024-01-02");
    }

    @Nested
    class GeoNames {
        @Test
        void aLineIsAPlace() throws IOException {
            PlacesDocument document = ask(bytes(row(77, "Gasthof \"Süd\"", "50.001", "8.0005", "S.HTL")), HERE);
            assertThat(Upstreams.text(document)).isEqualTo("""
                    {
                       "html_attributions" : [
                          "\\u003ca href=\\"https://www.geonames.org/\\"\\u003eGeoNames\\u003c/a\\u003e, CC BY 4.0"
                       ],
                       "results" : [
                          {
                             "geometry" : {
                                "location" : {
                                   "lat" : 50.001,
                                   "lng" : 8.0005
                                }
                             },
                             "name" : "Gasthof \\"Süd\\"",
                             "place_id" : "geonames:77",
                             "types" : [ "lodging", "point_of_interest", "establishment" ],
                             "vicinity" : "HE, DE"
                          }
                       ],
                       "status" : "OK"
                    }""");
            assertThat(world.warnings).isEmpty();
        }

        @Test
        void gzipAByteOrderMarkCrLfAndAMissingLastNewlineMakeNoDifference() throws IOException {
            String lines = row(1, "A", "50", "8", "P.PPL") + "\r\n\r\n" + row(2, "B", "50", "8.1", "P.PPL");
            assertThat(names(lines.getBytes(UTF_8), HERE)).containsExactly("A", "B");
            assertThat(names(gzip(("\uFEFF" + lines).getBytes(UTF_8)), HERE)).containsExactly("A", "B");
            assertThat(world.warnings).isEmpty();
        }

        @Test
        void decimalsMayBeOfAnyLengthAndTheTextUtf16() throws IOException {
            String lines = row(1, "A", "50.00000000000000000000000000001", "8." + "0".repeat(500) + "1", "P.PPL");
            assertThat(names(lines.getBytes(UTF_8), HERE)).containsExactly("A");
            assertThat(names(gzip(("\uFEFF" + lines).getBytes(UTF_16LE)), HERE)).containsExactly("A");
            assertThat(world.warnings).isEmpty();
        }

        @Test
        void lettersThatAreNotUtf8AreWarnedOf() throws IOException {
            byte[] latin = (row(1, "S\u00fcd", "50", "8", "P.PPL") + '\n').getBytes(ISO_8859_1);

            assertThat(names(latin, HERE)).containsExactly("S\uFFFDd");
            assertThat(world.warnings).singleElement().asString()
                    .endsWith(": 1 name holds letters that are not UTF-8; save the file as UTF-8");
        }

        @Test
        void aPlaceInBracketsMakesNoGeoJsonOfThem() throws IOException {
            assertThat(names(bytes("[no id]\tB", row(1, "A", "50", "8", "P.PPL")), HERE)).containsExactly("A");
            assertThat(world.warnings).singleElement().asString().contains("left out 1 with too few columns",
                    "(line 1)");
        }

        @Test
        void badLinesAreNamedInOneWarning() throws IOException {
            assertThat(names(bytes(row(1, "A", "50", "8", "P.PPL"), "junk", row(3, "C", "90.5", "8", "P.PPL"),
                    row(4, "D", "50", "NaN", "P.PPL"), row(5, " ", "50", "8", "P.PPL"),
                    row(6, "F", "50", "8.1", "P.PPL"),
                    "7\t" + "x".repeat(100_000)), HERE)).containsExactly("A", "F");
            assertThat(world.warnings).singleElement().asString().endsWith(
                    ": left out 1 with too few columns: there are nineteen, with tabs between them (line 2); "
                            + "1 with a latitude of 90.5: it is decimal degrees, and ends at 90 (line 3); "
                            + "1 with a longitude of NaN: it is decimal degrees, and ends at 180 (line 4); "
                            + "1 without an id or a name (line 5); 1 longer than 32768 characters (line 7)");
        }

        @Test
        void veryManyBadLinesAreCounted() throws IOException {
            String[] lines = new String[5_000];
            Arrays.fill(lines, "junk");
            assertThat(names(bytes(lines), HERE)).isEmpty();
            assertThat(world.warnings).hasSize(2);
            assertThat(world.warnings.getFirst()).contains("left out 5,000 with too few columns")
                    .endsWith("(lines 1, 2, 3, ...)");
            assertThat(world.warnings.getLast()).contains("holds no places");
        }

        @Test
        void aFileThatBreaksOffServesWhatItHeld() throws IOException {
            Random random = new Random(3);
            StringBuilder lines = new StringBuilder();
            for (int i = 0; i < 20_000; i++) {
                lines.append(row(i, "P" + random.nextLong(), "50." + random.nextInt(1000), "8." + random.nextInt(1000),
                        "P.PPL")).append('\n');
            }
            byte[] zipped = gzip(lines.toString().getBytes(UTF_8));
            assertThat(names(Arrays.copyOf(zipped, zipped.length / 2), HERE)).hasSize(20);
            assertThat(world.warnings).singleElement().asString()
                    .contains("1 broken place, and all that follows it (line ");
        }
    }

    @Nested
    class GeoJson {
        @Test
        void aFeatureIsAPlace() throws IOException {
            PlacesDocument document = ask(bytes("""
                    {"type": "FeatureCollection", "copyright": "My own <data>", "bbox": [1, 2, 3, 4], "features": [
                    {"type": "Feature", "id": "f-1", "geometry": {"type": "Point", "coordinates": [8.0, 50.0, 120]},
                     "properties": {"name": "Kiosk", "shop": "kiosk", "rating": 4.5, "addr:street": "Ring", "addr:housenumber": "3"}},
                    {"type": "Feature", "geometry": {"type": "Polygon", "coordinates": [[[8.1, 50.0], [8.2, 50.0], [8.2, 50.2], [8.1, 50.0]]]},
                     "properties": {"name": "Field", "types": ["park"], "vicinity": "out there", "@id": "way/5"}}
                    ]}"""), HERE);
            assertThat(read(document)).isEqualTo(JsonParser.parseString("""
                    {"html_attributions": ["My own <data>"], "results": [
                      {"place_id": "f-1", "name": "Kiosk", "geometry": {"location": {"lat": 50.0, "lng": 8.0}}, "types": ["kiosk"],
                       "vicinity": "3 Ring", "rating": 4.5},
                      {"place_id": "way/5", "name": "Field", "geometry": {"location": {"lat": 50.1, "lng": 8.149999999999999}},
                       "types": ["park"], "vicinity": "out there"}
                    ], "status": "OK"}"""));
        }

        @ParameterizedTest
        @CsvSource(delimiter = '|', value = {
            "MultiPolygon    | [[[[178,1],[180,1],[180,3],[178,1]]], [[[-180,1],[-179,1],[-179,3],[-180,1]]]] | 179.5",
            "MultiPolygon    | [[[[179,1],[180,1],[180,3],[179,1]]], [[[-180,1],[-178,1],[-178,3],[-180,1]]]] | -179.5",
            "MultiLineString | [[[179,1],[180,2]], [[-180,2],[-179,3]]]                                       | 180.0",
            "MultiPoint      | [[-178,1],[179,3]]                                                             | -179.5",
            "MultiPolygon    | [[[[20,1],[180,1],[180,3],[20,1]]], [[[-180,1],[-170,1],[-170,3],[-180,1]]]]   | 105.0",
            "LineString      | [[-170,1],[0,2],[170,3]]                                                       | 0.0",
            "Polygon         | [[[-180,1],[0,1],[180,1],[180,3],[-180,3],[-180,1]]]                           | 0.0"})
        void aShapeIsInItsMiddleOnWhicheverSideOfThe180thMeridian(String type, String coordinates, double longitude)
                throws IOException {
            PlacesDocument document = ask(bytes("""
                    {"features": [{"geometry": {"type": "%s", "coordinates": %s},
                     "properties": {"name": "N", "type": "t"}}]}"""
                    .formatted(type, coordinates)), new PlacesQuery(2, 0, 21e6, 20));
            assertThat(read(document).getAsJsonArray("results")).singleElement().isEqualTo(JsonParser.parseString("""
                    {"place_id": "file:1", "name": "N", "types": ["t"],
                     "geometry": {"location": {"lat": 2.0, "lng": %s}}}"""
                    .formatted(longitude)));
        }

        @Test
        void aListOfFeaturesAndOneAloneAreReadToo() throws IOException {
            String feature = "{\"properties\": {\"name\": \"A\"}, \"type\": \"Feature\", "
                    + "\"geometry\": {\"type\": \"Point\", \"coordinates\": [8.00000000000000000000000000001, 50]}}";
            assertThat(names(bytes(" ".repeat(5_000) + "[" + feature + "]"), HERE)).containsExactly("A");
            assertThat(names(bytes("", "", feature), HERE)).containsExactly("A");
            assertThat(world.warnings).isEmpty();
        }

        @Test
        void whatFollowsTheDocumentIsSaid() throws IOException {
            assertThat(names(bytes(
                    "{\"features\": [{\"geometry\": {\"coordinates\": [8, 50]}, \"properties\": {\"name\": \"A\"}}]}",
                    "{\"features\": []}"), HERE)).containsExactly("A");
            assertThat(world.warnings).singleElement().asString()
                    .endsWith("left out 1 broken place, and all that follows it (line 2)");
        }

        @Test
        void badFeaturesAreNamedByTheirLineInOneWarning() throws IOException {
            byte[] content = bytes(
                    "{\"type\": \"FeatureCollection\", \"features\": [",
                    "{\"type\": \"Feature\", \"geometry\": {\"type\": \"Point\", \"coordinates\": [8, 50]}, \"properties\": {\"name\": \"A\"}},",
                    "{\"type\": \"Feature\", \"geometry\": null, \"properties\": {\"name\": \"B\"}}, 5,",
                    "",
                    "{\"type\": \"Feature\", \"geometry\": {\"type\": \"Point\",",
                    " \"coordinates\": [181, 50]}, \"properties\": {\"name\": \"C\"}},",
                    "{\"type\": \"Feature\", \"geometry\": {\"type\": \"Point\", \"coordinates\": [8, 50]}, \"properties\": null},",
                    "{\"type\": \"Feature\", \"geometry\": {\"type\": \"Point\", \"coordinates\": [8.1, 50]}, \"properties\": {\"name\": \"E\"}}",
                    "]}");
            for (byte[] form : new byte[][] {content, gzip(content)}) {
                world.warnings.clear();
                assertThat(names(form, HERE)).containsExactly("A", "E");
                assertThat(world.warnings).singleElement().asString().endsWith(
                        ": left out 2 without a valid position (lines 3, 5); 2 without a name (lines 3, 7)");
            }
        }

        @Test
        void brokenSyntaxEndsTheReadingWithTheLine() throws IOException {
            assertThat(names(bytes("{\"features\": [",
                    "{\"geometry\": {\"coordinates\": [8, 50]}, \"properties\": {\"name\": \"A\"}},",
                    "{\"geometry\": {\"coordinates\": [8, 50]}, \"properties\": {\"name: \"B\"}},",
                    "{\"geometry\": {\"coordinates\": [8, 50]}, \"properties\": {\"name\": \"C\"}}]}"), HERE))
                    .containsExactly("A");
            assertThat(world.warnings).singleElement().asString()
                    .endsWith("left out 1 broken place, and all that follows it (line 3)");
        }
    }

    @Nested
    class Searching {
        @Test
        void givesTheNearestWithinTheRadiusAnywhereOnTheGlobe() {
            for (long seed = 0; seed < 60; seed++) {
                Random random = new Random(seed);
                double latitude = List.of(0.0, 50.0, 89.9, -90.0, 89.3).get((int) (seed % 5));
                double longitude = List.of(0.0, 180.0, -179.9).get((int) (seed % 3));
                List<PlaceRow> rows = new ArrayList<>();
                for (int i = 0; i < 2_000; i++) {
                    double north = Math.clamp(latitude + random.nextGaussian() * 0.5, -90, 90);
                    double east = (longitude + random.nextGaussian() * (latitude > 80 ? 90 : 0.5) + 540) % 360 - 180;
                    rows.add(new PlaceRow("id" + i, "n", north, east, List.of(), null, null));
                }
                PlacesQuery query = new PlacesQuery(latitude, longitude, random.nextInt(50_001), 20);
                List<PlaceRow> byHand = rows.stream().filter(row -> metres(row, query) <= query.radiusMetres())
                        .sorted(Comparator.comparingDouble((PlaceRow row) -> metres(row, query))
                                .thenComparing(PlaceRow::id))
                        .limit(20).toList();
                assertThat(new PlaceIndex(rows).nearest(query, 20)).as("seed %d", seed).isEqualTo(byHand);
            }
        }

        private static double metres(PlaceRow row, PlacesQuery query) {
            return Geo.distance(query.latitude(), query.longitude(), row.latitude(), row.longitude());
        }
    }

    @Nested
    class TheFile {
        @Test
        void thatIsNotThereIsSaidAtTheStart() {
            PlacesSettings settings = PlacesSettings.of(PlacesSource.parse("file:" + folder.resolve("none")));
            assertThat(catchThrowable(() -> world.open(settings)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("none cannot be read: no such file or folder");
        }

        @Test
        void thatIsEmptyHoldsNoPlaces() throws IOException {
            assertThat(ask(new byte[0], HERE).status()).isEqualTo("ZERO_RESULTS");
            assertThat(world.warnings).singleElement().asString().endsWith("holds no places");
        }

        @Test
        void thatIsNoGzipAfterAllIsAWarningAndAFailedLookup() throws IOException {
            assertThat(ask(new byte[] {0x1f, (byte) 0x8b, 1, 2, 3}, HERE).status()).isEqualTo("UNKNOWN_ERROR");
            assertThat(world.warnings).singleElement().asString().contains("cannot be read");
        }
    }
}
