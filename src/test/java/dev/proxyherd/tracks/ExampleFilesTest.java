package dev.proxyherd.tracks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.proxyherd.tracks.formats.ColumnNames;
import dev.proxyherd.tracks.read.Tracks;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files of the shapes that programs and devices make, each with what a user of the format expects. */
class ExampleFilesTest {
    @TempDir
    private Path dir;

    private Tracks read(String name) throws IOException {
        try (InputStream in = ExampleFilesTest.class.getResourceAsStream(name)) {
            return Tracks.read(List.of(Files.write(dir.resolve(name), in.readAllBytes())), ColumnNames.NONE);
        }
    }

    private static List<String> commands(Tracks tracks) {
        return tracks.points().stream().map(TrackPoint::command).toList();
    }

    private static String taken(Tracks tracks) {
        return String.join("\n", tracks.taken());
    }

    @Test
    void decimalsOfTwentyNineDigitsAreRounded() throws IOException {
        Tracks tracks = read("g1-garmin.gpx");

        assertThat(commands(tracks)).containsExactly(
                "IAMAT g1-garmin +51.507350005-0.127758288 1714543200.000000000",
                "IAMAT g1-garmin +51.507399958-0.127800005 1714543205.000000000");
        assertThat(tracks.skipped()).isZero();
    }

    @Test
    void blankLinesBeforeTheXmlDeclarationAreNoMatter() throws IOException {
        assertThat(commands(read("g2-lead.gpx"))).containsExactly("IAMAT g2-lead +47.1+8.1 1714543200.000000000");
    }

    @Test
    void aNameInAnExtensionIsNotTheTracks() throws IOException {
        assertThat(commands(read("g4b-extname.gpx"))).containsExactly("IAMAT g4b-real +47.4+8.4 1714543200.000000000");
    }

    @Test
    void aSentenceThatComesLateAcrossMidnightIsYesterdays() throws IOException {
        assertThat(read("n2b-gll.nmea").points()).extracting(point -> point.time().longValueExact())
                .containsExactly(1789171199L, 1789171199L, 1789171199L, 1789171200L, 1789171200L, 1789171201L);
    }

    @Test
    void noiseBeforeASentenceIsDroppedAndTold() throws IOException {
        Tracks first = read("n3b-nul.nmea");
        Tracks second = read("n3f-nul2nd.nmea");

        assertThat(commands(first)).containsExactly("IAMAT n3b-nul +46.850000000+11.700000000 1714550400.000000000",
                "IAMAT n3b-nul +46.850166667+11.700000000 1714550401.000000000");
        assertThat(taken(first)).contains("lines with text before the $, which is no matter: 2");
        assertThat(second.points()).hasSize(2);
        assertThat(taken(second)).contains("lines with text before the $, which is no matter: 1");
    }

    @Test
    void theSideOfTheEquatorIsHeededInAColumnOfItsOwn() throws IOException {
        assertThat(commands(read("c2-hemi.csv"))).containsExactly(
                "IAMAT c2-hemi -33.856784+151.215297 1714543200.000000000",
                "IAMAT c2-hemi -34.603722-58.381592 1714543205.000000000");
    }

    @Test
    void traccarsDatabaseIsOfDevicesAtTheTimesOfTheirFixes() throws IOException {
        Tracks tracks = read("c4-traccar.csv");

        assertThat(commands(tracks)).containsExactly(
                "IAMAT 3 +52.10000+5.10000 1714543200.000000000",
                "IAMAT 3 +52.10010+5.10010 1714543210.000000000",
                "IAMAT 4 +48.20000+16.30000 1714543211.000000000");
        assertThat(taken(tracks)).contains("client from DEVICEID, latitude from LATITUDE, longitude from LONGITUDE, "
                + "time from FIXTIME, validity from VALID; not used: ID, PROTOCOL,",
                "times that name no zone are read as UTC");
    }

    @Test
    void traccarsApiLikewise() throws IOException {
        assertThat(commands(read("c4b-traccarapi.csv"))).containsExactly(
                "IAMAT 3 +52.10000+5.10000 1714543200.000000000",
                "IAMAT 3 +52.10010+5.10010 1714543210.000000000");
    }

    @Test
    void theMoreTellingNameWinsOverId() throws IOException {
        assertThat(commands(read("c7-rowid.csv"))).containsExactly(
                "IAMAT bus7 +52.1+5.1 1714543200.000000000", "IAMAT bus7 +52.2+5.2 1714543210.000000000");
    }

    @Test
    void aSemicolonInAQuotedNameSeparatesNothing() throws IOException {
        assertThat(commands(read("c5-quoted.csv")))
                .containsExactly("IAMAT c5-quoted +40.10-71.10 1714543200.000000000");
    }

    @Test
    void dateAndTimeApartAreJoined() throws IOException {
        assertThat(commands(read("c1-logger.csv"))).containsExactly(
                "IAMAT c1-logger -33.856784+151.215297 1229217712.000000000",
                "IAMAT c1-logger -33.856801+151.215301 1229217717.000000000");
    }
}
