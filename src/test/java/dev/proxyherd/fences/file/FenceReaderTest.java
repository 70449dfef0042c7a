package dev.proxyherd.fences.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.proxyherd.fences.CrossingKind;
import dev.proxyherd.fences.Fence;
import dev.proxyherd.fences.FenceGeometry;
import dev.proxyherd.fences.FenceShape;
import dev.proxyherd.fences.FencedArea;
import dev.proxyherd.fences.Fences;
import dev.proxyherd.fences.SomeFences;
import dev.proxyherd.store.ClientPattern;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A file of fences is read as a whole, or not at all and with every fault named. */
class FenceReaderTest {
    static final String SQUARE = "{'type':'Polygon','coordinates':[[[0,0],[1,0],[1,1],[0,1],[0,0]]]}";

    @TempDir
    private Path dir;

    static String collection(String... features) {
        return ("{'type':'FeatureCollection','features':[" + String.join(",\n", features) + "]}").replace('\'', '"');
    }

    static String feature(String geometry, String properties) {
        return "{'type':'Feature','geometry':" + geometry + ",'properties':{" + properties + "}}";
    }

    private Fences read(String content) throws IOException {
        return read(content.getBytes(StandardCharsets.UTF_8));
    }

    private Fences read(byte[] content) throws IOException {
        Path file = dir.resolve("fences.geojson");
        Files.write(file, content);
        return FenceReader.read(file, FenceGeometry.open(), 256L << 20);
    }

    private static List<Fence> fences(Fences of) {
        return of.areas().stream().map(FencedArea::fence).toList();
    }

    @Nested
    class OfGoodFeatures {
        @Test
        void takesAllThatAFenceMayHave() throws IOException {
            Fences fences = read(collection(feature("{'coordinates':[-118.4,34.1,12],'type':'Point'}",
                    "'id':'yard','name':'The Yard','radius':250,'margin':20.5,'clients':['van-*','büs'],"
                            + "'events':['exit'],'webhook':'https://example.org/h','colour':{'a':[1]}")));
            assertThat(fences(fences)).containsExactly(new Fence("yard", "The Yard",
                    List.of(new ClientPattern("van-*"), new ClientPattern("bÃ¼s")), Set.of(CrossingKind.EXIT), 20.5,
                    URI.create("https://example.org/h"), new FenceShape.Disc(34.1, -118.4, 250)));
        }

        @Test
        void needsOnlyAnIdAndAShape() throws IOException {
            assertThat(fences(read(collection(feature(SQUARE, "'id':7")))))
                    .containsExactly(new Fence("7", "7", List.of(),
                            Set.of(CrossingKind.ENTER, CrossingKind.EXIT), 0, null, SomeFences.box(0, 0, 1, 1)));
        }

        @Test
        void takesMembersInAnyOrderAndTheFeaturesOwnId() throws IOException {
            Fences fences = read("{\"features\":[{\"id\":\"a\",\"properties\":null,\"geometry\":"
                    + SQUARE.replace('\'', '"') + ",\"type\":\"Feature\",\"bbox\":[0,0,1,1]}],"
                    + "\"crs\":{\"type\":\"name\"},\"type\":\"FeatureCollection\"}");
            assertThat(fences(fences)).extracting(Fence::id).containsExactly("a");
        }

        @Test
        void takesPolygonsWithHolesAndMany() throws IOException {
            Fences fences =
                    read(collection(feature("{'type':'MultiPolygon','coordinates':[[[[0,0],[9,0],[9,9],[0,9],[0,0]],"
                            + "[[1,1],[2,1],[2,2],[1,1]]],[[[20,0],[21,0],[21,1],[20,0]]]]}", "'id':'a'")));
            FenceShape.Areas areas = (FenceShape.Areas) fences.areas().getFirst().fence().shape();
            assertThat(areas.polygons()).extracting(List::size).containsExactly(2, 1);
            assertThat(areas.positions()).isEqualTo(13);
        }

        @Test
        void readsGzipAndAByteOrderMark() throws IOException {
            String text = collection(feature(SQUARE, "'id':'a'"));
            Path file = dir.resolve("fences.gz");
            try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
                out.write(text.getBytes(StandardCharsets.UTF_8));
            }
            assertThat(FenceReader.read(file, FenceGeometry.open()).areas()).hasSize(1);
            assertThat(read('\uFEFF' + text).areas()).hasSize(1);
        }

        @Test
        void mayBeNone() throws IOException {
            assertThat(read(collection()).areas()).isEmpty();
        }
    }

    @Nested
    class OfABadFeature {
        @ParameterizedTest
        @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
            "'id':'a','margin':-1                | its margin of -1 m is not from 0 to 100000",
            "'id':'a','margin':'wide'            | margin is no number of metres",
            "'id':'a','radius':5                 | it has a radius, which only a Point can have",
            "'id':'a','clients':[]               | its clients are none; leave them out for all clients",
            "'id':'a','events':['leave']         | its events are not of enter and exit",
            "'id':'a','events':[]                | its events are none; leave them out for both",
            "'id':'a','name':{}                  | name is no text",
            "'id':'a','webhook':'ftp://x/y'      | its webhook is no address such as https://HOST:PORT/PATH or http://HOST/PATH, in ASCII, with anything else percent-encoded",
            "'id':'a','webhook':'https://'       | its webhook is no address such as https://HOST:PORT/PATH or http://HOST/PATH, in ASCII, with anything else percent-encoded"})
        void itsIndexAndIdAreNamed(String properties, String fault) {
            assertThatThrownBy(() -> read(collection(feature(SQUARE, "'id':'good'"), feature(SQUARE, properties))))
                    .isInstanceOf(BadFencesException.class)
                    .hasMessage(dir.resolve("fences.geojson") + ": features[1] (id a): " + fault);
        }

        @ParameterizedTest
        @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
            "{'type':'Point','coordinates':[0,0]}                | its Point has no radius, in metres, among its properties",
            "{'type':'Point','coordinates':[34,-118]}            | it has a latitude of -118, and it ends at 90: the longitude comes first",
            "{'type':'Point','coordinates':[7]}                  | it has a position without a latitude",
            "{'type':'LineString','coordinates':[[0,0],[1,1]]}   | its geometry is no Polygon, MultiPolygon, or Point with a radius",
            "{'type':'Polygon','coordinates':[[[0,0],[1,1],[1,0]]]} | its outer ring has 3 positions, and a ring has four at least: the last is the first again",
            "{'type':'Polygon','coordinates':[[[0,0],[1,1],[1,0],[0,1],[0,0]]]} | its rings enclose no area: self-intersection at latitude 0.5, longitude 0.5",
            "{'type':'Polygon','coordinates':[[[0,0],[[1,1]],[1,0]]]} | it has coordinates that are nested unevenly",
            "{'type':'Polygon','coordinates':[[[[[0,0]]]]]}      | it has coordinates that are not nested as those of a Point, Polygon or MultiPolygon are",
            "{'type':'Polygon','coordinates':[]}                 | its geometry is no Polygon, MultiPolygon, or Point with a radius",
            "null                                                | geometry is no object"})
        void soIsWhatIsWrongWithItsShape(String geometry, String fault) {
            assertThatThrownBy(() -> read(collection(feature(geometry, "'id':'a'"))))
                    .isInstanceOf(BadFencesException.class)
                    .hasMessage(dir.resolve("fences.geojson") + ": features[0] (id a): " + fault);
        }

        @Test
        void allOfThemAreToldInOne() {
            assertThatThrownBy(() -> read(collection(feature(SQUARE, ""), feature(SQUARE, "'id':'a'"),
                    feature(SQUARE, "'id':'a'"))))
                    .isInstanceOfSatisfying(BadFencesException.class, e -> assertThat(e.faults())
                            .containsExactly("features[0]: it has no id among its properties",
                                    "features[2] (id a): features[1] has the same id"));
        }
    }

    @Nested
    class OfWhatIsNoSuchFile {
        @Test
        void thePlaceIsToldWhereItIsNoJson() {
            assertThatThrownBy(() -> read("{\"type\":\"FeatureCollection\",\n\"features\":[\n{\"type\" Feature}]}"))
                    .hasMessageContaining("what is at line 3 column");
            assertThatThrownBy(() -> read("hello")).hasMessageContaining("is no GeoJSON");
            assertThatThrownBy(() -> read("")).hasMessageContaining("the file ends too early");
            assertThatThrownBy(() -> read(collection(feature(SQUARE, "'id':1")).substring(0, 70)))
                    .hasMessageContaining("the file ends too early");
            assertThatThrownBy(() -> read("{\"type\":\"Feature\"}")).hasMessageContaining("FeatureCollection");
            assertThatThrownBy(() -> read(collection() + "x")).hasMessageContaining("no GeoJSON");
        }

        @Test
        void aMissingOneIsNamed() {
            assertThatThrownBy(() -> FenceReader.read(dir.resolve("none"), FenceGeometry.open()))
                    .isInstanceOf(IOException.class).hasMessage(dir.resolve("none") + ": there is no such file");
        }

        @Test
        void oneThatIsLargerThanAPartOfTheHeapIsNotReadToItsEnd() throws IOException {
            Path file = dir.resolve("large.geojson");
            Files.writeString(file, collection(feature(SQUARE, "'id':'a','note':'" + "x".repeat(1 << 20) + "'")));
            assertThatThrownBy(() -> FenceReader.read(file, FenceGeometry.open(), 4 << 20))
                    .hasMessageContaining("more than 1048576 bytes");
        }

        @Test
        void fencesThatThereIsNoMemoryForAreRefused() throws IOException {
            Path file = dir.resolve("many.geojson");
            String[] features = new String[300];
            for (int i = 0; i < features.length; i++) {
                features[i] = feature("{'type':'Point','coordinates':[0,0]}", "'radius':1,'id':" + i);
            }
            Files.writeString(file, collection(features));
            assertThatThrownBy(() -> FenceReader.read(file, FenceGeometry.open(), 1 << 20))
                    .hasMessageContaining("more fences than the 256 for which there is memory");
        }

        @Test
        void anyBytesAreReadOrRefused() throws IOException {
            long seed = System.nanoTime();
            Random random = new Random(seed);
            String good = collection(feature(SQUARE, "'id':'a','clients':['x'],'margin':3"),
                    feature("{'type':'Point','coordinates':[0,0]}", "'id':'b','radius':10"));
            for (int i = 0; i < 500; i++) {
                byte[] bytes = good.getBytes(StandardCharsets.UTF_8);
                for (int j = 0; j <= random.nextInt(3); j++) {
                    bytes[random.nextInt(bytes.length)] = random.nextBoolean() ? (byte) random.nextInt()
                            : bytes[random.nextInt(bytes.length)];
                }
                try {
                    assertThat(read(bytes).areas()).as("seed %d", seed).hasSizeLessThanOrEqualTo(2);
                } catch (BadFencesException e) {
                    assertThat(e.getMessage()).as("seed %d", seed).contains("fences.geojson: ");
                }
            }
        }
    }
}
