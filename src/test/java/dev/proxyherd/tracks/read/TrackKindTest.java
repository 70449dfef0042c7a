package dev.proxyherd.tracks.read;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.proxyherd.tracks.TrackPoint;
import dev.proxyherd.tracks.formats.ColumnNames;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a file is its content says; its name and its first bytes do not. */
class TrackKindTest {
    private static final String GPX = "<?xml version=\"1.0\"?>\n<gpx><trk><name>k\u00f6ln</name><trkseg>"
            + "<trkpt lat=\"47.1\" lon=\"8.1\"><time>2024-05-01T06:00:00Z</time></trkpt></trkseg></trk></gpx>";
    private static final String RMC = "$GNRMC,080000.00,A,4651.0000,N,01142.0000,E,1.0,90.0,010524,,,A*72\r\n";

    @TempDir
    private Path dir;

    private Tracks read(byte[] content) throws IOException {
        return Tracks.read(List.of(Files.write(dir.resolve("file.dat"), content)), ColumnNames.NONE);
    }

    private List<String> commands(byte[] content) throws IOException {
        return read(content).points().stream().map(TrackPoint::command).toList();
    }

    private static byte[] gzip(byte[] content) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (OutputStream zip = new GZIPOutputStream(out)) {
            zip.write(content);
        }
        return out.toByteArray();
    }

    @Test
    void marksOfTheByteOrderBlanksAndGzipMakeNoDifference() throws IOException {
        for (String before : new String[] {"", "\uFEFF", "\uFEFF \r\n\t", " ".repeat(20_000)}) {
            for (byte[] form : new byte[][] {(before + GPX).getBytes(UTF_8), gzip((before + GPX).getBytes(UTF_8)),
                ("\uFEFF" + before + GPX).getBytes(UTF_16LE), gzip(("\uFEFF" + before + GPX).getBytes(UTF_16BE))}) {
                assertThat(commands(form)).as("%d blanks", before.length())
                        .containsExactly("IAMAT k\u00f6ln +47.1+8.1 1714543200.000000000");
            }
        }
        String csv = "lat,lon,time\n1,2,5\n";
        assertThat(commands(("\uFEFF\n\n" + csv).getBytes(UTF_8))).containsExactly("IAMAT file +1+2 5");
        assertThat(commands(gzip(("\uFEFF" + csv).getBytes(UTF_16LE)))).containsExactly("IAMAT file +1+2 5");
        assertThat(commands(gzip(("\uFEFF" + RMC).getBytes(UTF_16LE)))).hasSize(1);
    }

    @Test
    void gpxMaySayAnotherEncoding() throws IOException {
        assertThat(commands(GPX.replace("?>", " encoding=\"ISO-8859-1\"?>").getBytes(ISO_8859_1)))
                .containsExactly("IAMAT k\u00f6ln +47.1+8.1 1714543200.000000000");
    }

    @Test
    void bracketsMakeNoXmlOfCsvAndDollarsNoNmea() throws IOException {
        assertThat(commands("<DATE>,<TIME>,<LAT>,<LON>\n2024-01-01,00:00:03,1,2\n".getBytes(UTF_8)))
                .containsExactly("IAMAT file +1+2 1704067203.000000000");
        assertThat(commands("$note,lat,lon,time\n\"$GPABC,1\",1,2,5\n".getBytes(UTF_8)))
                .containsExactly("IAMAT file +1+2 5");
        assertThat(commands(("<boot>\n" + RMC).getBytes(UTF_8))).hasSize(1);
        assertThat(commands(("{\"class\":\"VERSION\"}\n" + RMC).getBytes(UTF_8))).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "<?xml version='1.0'?><kml xmlns='http://www.opengis.net/kml/2.2'/> | is KML; convert it to GPX",
        "<TrainingCenterDatabase/> | is TCX; convert it to GPX", "<html></html> | is XML, but not GPX",
        "{\"type\": \"FeatureCollection\"} | is JSON; convert it"})
    void othersAreNamedWithTheMend(String content, String message) {
        assertThatThrownBy(() -> read(content.getBytes(UTF_8))).hasMessageContaining("file.dat: " + message);
    }

    /** As from {@code cat *.gz}: before the second member the pipe is empty for a moment. */
    @Test
    @EnabledOnOs(OS.LINUX)
    void gzipFromAPipeMayHaveSeveralMembersAndPauses() throws Exception {
        Path pipe = dir.resolve("pipe");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
        FutureTask<Tracks> reading = new FutureTask<>(() -> Tracks.read(List.of(pipe), ColumnNames.NONE));
        Thread.ofVirtual().start(reading);
        try (OutputStream out = Files.newOutputStream(pipe)) {
            out.write(gzip("lat,lon,time\n1,2,5\n".getBytes(UTF_8)));
            out.write(gzip("1,2,6\n".getBytes(UTF_8)));
        }

        assertThat(reading.get(10, TimeUnit.SECONDS).points()).hasSize(2);
    }

    @Test
    void aFileThatIsCutIsNotPlayed() throws IOException {
        byte[] csv = gzip(("lat,lon,time\n" + "1,2,5\n3,4,6\n5,6,7\n".repeat(9_000)).getBytes(UTF_8));

        assertThatThrownBy(() -> read(Arrays.copyOf(csv, csv.length - 9)))
                .hasMessageEndingWith("file.dat: the gzip file is cut or damaged; nothing of it is played");
        csv[csv.length - 7] ^= 1;
        assertThatThrownBy(() -> read(csv))
                .hasMessageEndingWith("the gzip file is cut or damaged; nothing of it is played");
        assertThatThrownBy(() -> read(Arrays.copyOf(GPX.getBytes(UTF_8), 100)))
                .hasMessageContaining("broken XML at line 2");
    }

    @Nested
    class Gpx {
        @ParameterizedTest
        @ValueSource(strings = {"", "http://www.topografix.com/GPX/1/0", "http://www.topografix.com/GPX/1/1",
            "http://example.org/GPX/1/2"})
        void isReadInTheNamespaceOfItsRoot(String namespace) throws IOException {
            assertThat(commands(GPX.replace("<gpx>", "<gpx xmlns=\"" + namespace + "\">").getBytes(UTF_8))).hasSize(1);
        }

        @Test
        void isReadWithAPrefix() throws IOException {
            assertThat(commands(GPX.replaceAll("<(/?)(gpx|trk|name|trkseg|trkpt|time)\\b", "<$1g:$2")
                    .replace("<g:gpx", "<g:gpx xmlns:g=\"http://www.topografix.com/GPX/1/1\"").getBytes(UTF_8)))
                    .hasSize(1);
        }

        @Test
        void countsAnElementByItsPlaceAndNamespace() throws IOException {
            String foreign = "<extensions><name>x</name><trkseg><trkpt lat='1' lon='1'/></trkseg></extensions>"
                    + "<f:name xmlns:f='urn:f'>y</f:name><f:trkseg xmlns:f='urn:f'><trkpt lat='1' lon='1'/></f:trkseg>";

            assertThat(commands(GPX.replace("<trk>", "<trkpt lat='1' lon='1'/><trk>" + foreign).getBytes(UTF_8)))
                    .containsExactly("IAMAT k\u00f6ln +47.1+8.1 1714543200.000000000");
            assertThat(commands(
                    GPX.replace("<name>k\u00f6ln</name>", "").replace("</trkseg>", "</trkseg><name>late</name>")
                            .getBytes(UTF_8)))
                    .containsExactly("IAMAT late +47.1+8.1 1714543200.000000000");
        }

        @Test
        void leavesOutByKindAndTellsOfWhatIsNoTrack() throws IOException {
            Tracks tracks = read(GPX.replace("<trk>", "<wpt lat='1' lon='2'/><rte><rtept lat='1' lon='2'/></rte><trk>")
                    .replace("</trkseg>",
                            "<trkpt lat='47,1' lon='8'/>\n<trkpt lon='8'/><trkpt lat='1' lon='2'><time>noon</time></trkpt>"
                                    + "<trkpt lat='1' lon='2'/></trkseg>")
                    .getBytes(UTF_8));

            assertThat(tracks.points()).hasSize(1);
            assertThat(tracks.remarks()).anySatisfy(remark -> assertThat(remark).endsWith("4 points left out: "
                    + "1 with a latitude of 47,1: decimals are written with a point (line 2); 1 without a latitude (line 3); "
                    + "1 with a time of noon: times are written 2026-05-22T21:37:25Z (line 3); 1 without a time"));
            assertThat(tracks.taken())
                    .anySatisfy(taken -> assertThat(taken).endsWith(": 2 waypoints and points of routes"));
        }

        @Test
        void tellsOfTracksWithTheSameName() throws IOException {
            Path one = Files.writeString(dir.resolve("one.gpx"), GPX);
            Path other = Files.writeString(dir.resolve("other.gpx"), GPX);

            assertThat(Tracks.read(List.of(one, other), ColumnNames.NONE).remarks()).contains(
                    "client k\u00f6ln is 2 tracks, played as one: 'k\u00f6ln' of " + one + ", 'k\u00f6ln' of " + other);
        }
    }
}
