package dev.proxyherd.tracks.formats;

import static org.assertj.core.api.Assertions.assertThat;

import dev.proxyherd.tracks.TrackPoint;
import dev.proxyherd.tracks.read.Tracks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** NMEA as it comes from wires and loggers. */
class NmeaTest {
    private static final String RMC = "$GNRMC,080000.00,A,4651.0000,N,01142.0000,E,1.0,90.0,010524,,,A*72";

    @TempDir
    private Path dir;

    private Tracks read(String... lines) throws IOException {
        return Tracks.read(List.of(Files.writeString(dir.resolve("boat.nmea"), String.join("\r\n", lines))),
                ColumnNames.NONE);
    }

    private static String summed(String body) {
        return String.format("$%s*%02X", body, body.chars().reduce(0, (one, other) -> one ^ other));
    }

    private static List<String> commands(Tracks tracks) {
        return tracks.points().stream().map(TrackPoint::command).toList();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '!',
            value = {"1714550400123;", "\\s:r1,c:1714550400*5F\\", "2024-05-01 08:00:00.1 [gps] ", "NMEA,", "$GPGG",
                "\u0000\u00b5b\u0001"})
    void whatStandsBeforeTheDollarIsNoMatter(String noise) throws IOException {
        assertThat(commands(read(noise + RMC)))
                .containsExactly("IAMAT boat +46.850000000+11.700000000 1714550400.000000000");
    }

    @Test
    void whatStandsBehindTheChecksumIsNoMatter() throws IOException {
        assertThat(read(RMC + ",1714550400123").points()).hasSize(1);
    }

    @Test
    void otherLinesAreCountedAndTold() throws IOException {
        assertThat(read("{\"class\":\"TPV\",\"lat\":1}", RMC, "", "!AIVDM,1,1,,A,14eG;o@034o8sd<L9i:a;WF>062D,0*7D",
                "$GPGSV,1,1,00*79")
                .taken())
                .contains(dir.resolve("boat.nmea") + ": NMEA: client boat, 1 fixes; lines without a sentence: 1; "
                        + "sentences of kinds that tell no position: 1; messages of other ships (AIS), not decoded: 1");
    }

    @Test
    void aChecksumMayBeMissingWhereTheStandardLetsItAndNothingWasCut() throws IOException {
        Tracks tracks = read(RMC, "$GPGGA,080001.00,4651.0000,N,01142.0000,E,1,08,1.0,10.1,M,0.0,M,,",
                "$GPGLL,4651.0100,N,01142.0000,E,080002,A", "$GPGGA,080003.00,4651.00",
                "$GPRMC,080004.00,A,4651.0000,N,01142.0000,E,1.0,90.0,010524,,,A",
                "$GPGGA,080001.00,4651.0000,N,01142.0000,E,1*0",
                RMC.replace("*72", "*73"));

        assertThat(tracks.points()).hasSize(3);
        assertThat(tracks.remarks().getLast())
                .endsWith("4 points left out: 1 that are cut and have no checksum (line 4); "
                        + "1 without a checksum (line 5); 1 that are cut in their checksum (line 6); 1 with a wrong checksum (line 7)");
    }

    @Test
    void noFixIsWhatTheFileSaysAndNoDamage() throws IOException {
        Tracks tracks =
                read(RMC, summed("GPRMC,080001,V,,,,,,,010524,,"), summed("GNGNS,080001,4651,N,01142,E,NN,00,,,,,,"),
                        summed("GPGLL,4651.0100,N,01142.0000,E,080002,V"), summed("GPGGA,080003,,,,,0,,,,,,,,"));

        assertThat(tracks.points()).hasSize(1);
        assertThat(tracks.skipped()).isEqualTo(4);
        assertThat(tracks.damaged()).isZero();
    }

    @Test
    void gnsAndGllAreReadAndZdaTellsTheDate() throws IOException {
        assertThat(commands(read(summed("GNGNS,235959.123456789012,4651.000000000000001,N,01142,E,AN,08,1,10,0,,,V"),
                summed("GPZDA,000001,01,05,2024,00,00"), summed("GPGLL,4651.0100,N,01142.0000,E,000002,A"))))
                .containsExactly(
                        "IAMAT boat +46.850000000+11.700000000 1714521599.123456789",
                        "IAMAT boat +46.850166667+11.700000000 1714521602.000000000");
    }

    /** Garmin's {@code $PGRMC} is a receiver's settings. */
    @Test
    void aMakersOwnSentenceIsNoFixWhateverItsNameEndsWith() throws IOException {
        Tracks tracks = read(RMC, summed("PGRMC,A,218.8,100,6378137.000,298.257223563,0.0,0.0,0.0,A,3,1,2,4,30"));

        assertThat(tracks.skipped()).isZero();
        assertThat(tracks.taken()).anySatisfy(
                taken -> assertThat(taken).contains("sentences of kinds that tell no position: 1"));
    }

    @Test
    void withoutADateSentencesThatComeLateStayBeforeTheOthers() throws IOException {
        assertThat(read(summed("GPGLL,4651.0100,N,01142.0000,E,000000,A"),
                summed("GPGLL,4651.0100,N,01142.0000,E,235959,A")).points())
                .extracting(point -> point.time().intValueExact()).containsExactly(0, 1);
    }

    @Nested
    class Dates {
        private List<String> resolve(String before, String times, String after) {
            return Stream.of(NmeaDates.resolve(before.equals("-") ? null : LocalDateTime.parse(before),
                    Stream.of(times.split(" ")).map(LocalTime::parse).toList(),
                    after.equals("-") ? null : LocalDateTime.parse(after)))
                    .map(LocalDateTime::toString).toList();
        }

        @ParameterizedTest
        @CsvSource(delimiter = '|', value = {
            "2024-05-01T23:59 | 23:58 00:01 23:59 00:02 | - | 2024-05-01T23:58 2024-05-02T00:01 2024-05-01T23:59 2024-05-02T00:02",
            "- | 23:58 00:01 23:59 00:02 | 2024-05-02T00:01 | 2024-05-01T23:58 2024-05-02T00:01 2024-05-01T23:59 2024-05-02T00:02",
            "2024-05-01T10:00 | 16:00 22:00 04:00 10:00 | 2024-05-02T11:00 | 2024-05-01T16:00 2024-05-01T22:00 2024-05-02T04:00 2024-05-02T10:00",
            "2024-05-01T10:00 | 10:00 10:01 09:00 | 2024-05-03T09:00 | 2024-05-01T10:00 2024-05-01T10:01 2024-05-03T09:00"})
        void areThoseOnWhichATimeIsNearestToItsNeighbour(String before, String times, String after, String moments) {
            assertThat(resolve(before, times, after)).containsExactly(moments.split(" "));
        }
    }
}
