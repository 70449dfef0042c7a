package dev.proxyherd.tracks.read;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.proxyherd.tracks.TrackPoint;
import dev.proxyherd.tracks.formats.ColumnNames;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Track files as recorders write them. */
class TracksTest {
    @TempDir
    Path dir;

    private Tracks read(String name, String content) throws IOException {
        return Tracks.read(List.of(Files.writeString(dir.resolve(name), content)), ColumnNames.NONE);
    }

    private static List<String> commands(Tracks tracks) {
        return tracks.points().stream().map(TrackPoint::command).toList();
    }

    @Nested
    class Gpx {
        private static final String TRACK = """
                <?xml version="1.0" encoding="UTF-8"?>
                <gpx version="1.1" creator="a watch" xmlns="http://www.topografix.com/GPX/1/1">
                  <metadata><name>not a client</name><time>2026-05-22T00:00:00Z</time></metadata>
                  <wpt lat="1" lon="2"><name>Home</name></wpt>
                  <trk><name>Morning run</name><trkseg>
                    <trkpt lat="34.06893" lon="-118.445127"><ele>89</ele><time>2026-05-22T21:37:25Z</time>
                      <extensions><hr><time>not this one</time></hr></extensions></trkpt>
                    <trkpt lat="34.06894" lon="-118.445128"><time>2026-05-22T21:37:26.5Z</time></trkpt>
                  </trkseg></trk>
                  <trk><trkseg><trkpt lat="-0.5" lon="0"><time>2026-05-22T21:37:26Z</time></trkpt>
                    <trkpt lat="91" lon="0"><time>2026-05-22T21:37:27Z</time></trkpt></trkseg></trk>
                </gpx>
                """;

        @Test
        void tracksAreClientsAndPointsReports() throws IOException {
            Tracks tracks = read("my watch.gpx", TRACK);

            assertThat(commands(tracks)).containsExactly(
                    "IAMAT Morning-run +34.06893-118.445127 1779485845.000000000",
                    "IAMAT my-watch -0.5+0 1779485846.000000000",
                    "IAMAT Morning-run +34.06894-118.445128 1779485846.500000000");
            assertThat(tracks.skipped()).isEqualTo(1);
        }

        @Test
        void nothingOutsideTheFileIsRead() throws IOException {
            Path secret = Files.writeString(dir.resolve("secret"), "s3cret");

            assertThatThrownBy(() -> read("evil.gpx", "<?xml version=\"1.0\"?><!DOCTYPE gpx [<!ENTITY x SYSTEM \""
                    + secret.toUri()
                    + "\">]><gpx><trk><name>&x;</name><trkseg><trkpt lat=\"1\" lon=\"2\"/></trkseg></trk></gpx>"))
                    .isInstanceOf(IOException.class).hasMessageNotContaining("s3cret");
        }

        @Test
        void brokenXmlIsSaidWithItsPlace() {
            assertThatThrownBy(() -> read("broken.gpx", "<gpx>\n<trk>\n</gpx>"))
                    .hasMessageContaining("broken.gpx: broken XML at line 3");
        }

        @Test
        void aRouteIsSaidToBeNoTrack() {
            assertThatThrownBy(() -> read("plan.gpx", "<gpx><rte><rtept lat='1' lon='2'/></rte></gpx>"))
                    .hasMessageContaining("plan.gpx: there is no track in it; ")
                    .hasMessageEndingWith("; not played, being no tracks: 1 waypoints and points of routes");
        }

        @Test
        void anEmptyNameIsNone() throws IOException {
            assertThat(commands(read("plan.gpx",
                    "<gpx><trk><name> </name><trkseg><trkpt lat='1' lon='2'/></trkseg></trk></gpx>")))
                    .containsExactly("IAMAT plan +1+2 0");
        }

        @Test
        void degreesMayBeginOrEndWithThePoint() throws IOException {
            assertThat(commands(read("plan.gpx",
                    "<gpx><trk><trkseg><trkpt lat='-.5' lon='7.'/></trkseg></trk></gpx>")))
                    .containsExactly("IAMAT plan -0.5+7 0");
        }

        @Test
        void aFileWithoutTimesGoesOnSecondBySecond() throws IOException {
            assertThat(commands(read("plan.gpx",
                    "<gpx><trk><trkseg><trkpt lat='1' lon='2'/><trkpt lat='1' lon='3'/></trkseg></trk></gpx>")))
                    .containsExactly("IAMAT plan +1+2 0", "IAMAT plan +1+3 1");
        }
    }

    @Nested
    class Nmea {
        @Test
        void rmcAndGgaAreRead() throws IOException {
            Tracks tracks = read("boat.nmea", """
                    $GPRMC,123519,A,4807.038,N,01131.000,E,022.4,084.4,230394,003.1,W*6A
                    $GPGGA,123519,4807.038,N,01131.000,E,1,08,0.9,545.4,M,46.9,M,,*47
                    $GPGGA,123520,4807.039,N,01131.001,E,1,08,0.9,545.4,M,46.9,M,,*4D
                    $GPGSV,1,1,00*79
                    """);

            assertThat(commands(tracks)).containsExactly(
                    "IAMAT boat +48.117300000+11.516666667 764426119.000000000",
                    "IAMAT boat +48.117300000+11.516666667 764426119.000000000",
                    "IAMAT boat +48.117316667+11.516683333 764426120.000000000");
        }

        private static List<String> times(Tracks tracks) {
            return tracks.points().stream().map(point -> point.time().toPlainString()).toList();
        }

        @Test
        void ggaIsOfTheDayOfTheRmcBesideIt() throws IOException {
            assertThat(times(read("morning.nmea", """
                    $GPGGA,050000,4807.038,N,01131.000,E,1,08,0.9,545.4,M,46.9,M,,*4F
                    $GPRMC,050000,A,4807.038,N,01131.000,E,022.4,084.4,010626,003.1,W*6E
                    $GPGGA,050001,4807.038,N,01131.000,E,1,08,0.9,545.4,M,46.9,M,,*4E
                    $GPGGA,050002,4807.038,N,01131.000,E,1,08,0.9,545.4,M,46.9,M,,*4D
                    $GPRMC,050002,A,4807.038,N,01131.000,E,022.4,084.4,010626,003.1,W*6C
                    """))).containsExactly("1780290000.000000000", "1780290000.000000000", "1780290001.000000000",
                    "1780290002.000000000", "1780290002.000000000");
        }

        @Test
        void ggaIsOnTheDateOnWhichItIsNearestToItsNeighbour() throws IOException {
            assertThat(times(read("night.nmea", """
                    $GPGGA,235958,4807.038,N,01131.000,E,1,08,0.9,545.4,M,46.9,M,,*4A
                    $GPGGA,000001,4807.038,N,01131.000,E,1,08,0.9,545.4,M,46.9,M,,*4B
                    $GPRMC,000002,A,4807.038,N,01131.000,E,022.4,084.4,010626,003.1,W*69
                    $GPGGA,000002,4807.038,N,01131.000,E,1,08,0.9,545.4,M,46.9,M,,*48
                    $GPGGA,235959,4807.038,N,01131.000,E,1,08,0.9,545.4,M,46.9,M,,*4B
                    """))).containsExactly("1780271998.000000000", "1780271999.000000000", "1780272001.000000000",
                    "1780272002.000000000", "1780272002.000000000");
        }

        @Test
        void withoutAnyRmcATrackBeginsWithTheEarliestThatHasDates() throws IOException {
            String gga = """
                    $GPGGA,235959,4807.038,N,01131.000,E,1,08,0.9,545.4,M,46.9,M,,*4B
                    $GPGGA,000001,4807.038,N,01131.000,E,1,08,0.9,545.4,M,46.9,M,,*4B
                    """;
            assertThat(times(read("alone.nmea", gga))).containsExactly("0.000000000", "2.000000000");
            Path timed = Files.writeString(dir.resolve("timed.csv"), "lat,lon,time\n1,1,1779485846\n");

            assertThat(times(Tracks.read(List.of(timed, dir.resolve("alone.nmea")), ColumnNames.NONE)))
                    .containsExactly("1779485846", "1779485846.000000000", "1779485848.000000000");
        }

        @Test
        void aWrongChecksumOrNoFixIsLeftOut() throws IOException {
            Tracks tracks = read("boat.nmea", """
                    $GPRMC,123519,A,4807.038,N,01131.000,E,022.4,084.4,230394,003.1,W*6A
                    $GPRMC,123520,A,4807.038,N,01131.000,E,022.4,084.4,230394,003.1,W*6A
                    $GPRMC,123521,V,,,,,,,230394,,*34
                    """);

            assertThat(tracks.points()).hasSize(1);
            assertThat(tracks.skipped()).isEqualTo(2);
        }
    }

    @Nested
    class Csv {
        @Test
        void columnsAreFoundByTheirNames() throws IOException {
            assertThat(commands(read("cars.csv", """
                    Time;Vehicle;"Longitude";Latitude;speed
                    1779485846;"red; fast";-118.4;34.0;17
                    2026-05-22 21:37:25;blue;2.5;48.5;0

                    nonsense;blue;2.5;48.5;0
                    """))).containsExactly(
                    "IAMAT blue +48.5+2.5 1779485845.000000000",
                    "IAMAT red;-fast +34.0-118.4 1779485846");
        }

        @Test
        void quotedTextMayHoldSeparatorsQuotesAndLineEnds() throws IOException {
            Tracks tracks = read("cars.csv", """
                    \uFEFF"note", "lat","lon"
                    "a ""sharp"" turn,
                    then this,1,2",3.5,4.5
                    a 5" pipe,6,7
                    "",8,9
                    """);

            assertThat(commands(tracks)).containsExactly("IAMAT cars +3.5+4.5 0", "IAMAT cars +6+7 1",
                    "IAMAT cars +8+9 2");
            assertThat(tracks.skipped()).isZero();
        }

        @Test
        void aQuoteThatIsNeverClosedIsSaidWithItsLine() {
            assertThatThrownBy(() -> read("cars.csv", "lat,lon,note\n1,2,\"a\nb\"\n3,4,\"c\n5,6,d\n"))
                    .hasMessageContaining("cars.csv: the quote that begins a field in line 4 is never closed");
        }

        @Test
        void timesAreReadWithZonesAsDatabasesWriteThem() throws IOException {
            assertThat(read("export.csv", """
                    lat,lon,time
                    1,1,2026-05-22 21:37:25.5+00
                    1,1,2026-05-22 21:37:26+0000
                    1,1,2026-05-22T23:37:27+02:00
                    1,1,2026-05-22T19:37:28-02
                    1,1,2026-02-30T19:37:28Z
                    """).points()).extracting(point -> point.time().toPlainString())
                    .containsExactly("1779485845.500000000", "1779485846.000000000", "1779485847.000000000",
                            "1779485848.000000000");
        }

        @Test
        void aFileThatIsNotUtf8IsSaidSo() throws IOException {
            Path file = Files.write(dir.resolve("old.csv"), "id,lat,lon\nK\u00f6ln,1,2\n".getBytes(ISO_8859_1));

            assertThatThrownBy(() -> Tracks.read(List.of(file), ColumnNames.NONE))
                    .hasMessage(file + ": not UTF-8; save the file as UTF-8");
        }

        @Test
        void pointsThatAreAllUnusableAreNotNoPoints() {
            assertThatThrownBy(() -> read("cars.csv", "lat,lon,time\n1,2,22/05/2026 21:37\n3,4,22/05/2026 21:38\n"))
                    .hasMessageContaining(
                            "cars.csv: none of its 2 points can be used: 2 with a time such as 22/05/2026 21:37: does the day come first, ");
        }

        @Test
        void withoutColumnsForAPlaceItIsNoTrack() {
            assertThatThrownBy(() -> read("notes.csv", "a,b\n1,2\n"))
                    .hasMessageContaining("notes.csv: no line names columns for latitude and longitude");
        }
    }

    @Test
    void severalFilesArePlayedTogetherInTheOrderOfTheirTimes() throws IOException {
        Path one = Files.writeString(dir.resolve("one.csv"), "lat,lon,time\n1,1,10\n1,1,30\n");
        Path other = Files.writeString(dir.resolve("other.csv"), "lat,lon,time\n2,2,20\n");

        assertThat(Tracks.read(List.of(one, other), ColumnNames.NONE).points()).extracting(TrackPoint::client)
                .containsExactly("one", "other", "one");
    }

    @Test
    void aTrackWithoutTimesBeginsWithTheEarliestThatHasThem() throws IOException {
        Path plan = Files.writeString(dir.resolve("plan.csv"), "lat,lon\n1,1\n1,2\n");
        Path timed = Files.writeString(dir.resolve("timed.csv"), "lat,lon,time\n2,2,1779485846.5\n2,3,1779485846.7\n");

        assertThat(commands(Tracks.read(List.of(plan, timed), ColumnNames.NONE))).containsExactly(
                "IAMAT plan +1+1 1779485846.5",
                "IAMAT timed +2+2 1779485846.5", "IAMAT timed +2+3 1779485846.7", "IAMAT plan +1+2 1779485847.5");
    }

    @Test
    void aMissingFileIsNamed() {
        assertThatThrownBy(() -> Tracks.read(List.of(dir.resolve("none.gpx")), ColumnNames.NONE))
                .hasMessageContaining("none.gpx: cannot be read: no such file or folder");
    }
}
