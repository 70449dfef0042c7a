package dev.proxyherd.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Reports of the same client time at two servers: both settle on the same one, whichever was first. */
class TieTest {
    @TempDir
    private Path dir;

    private final TestClock alfords = new TestClock("1000");
    private final TestClock boldens = new TestClock("1000");
    private TestHerd herd;

    @BeforeEach
    void startApart() throws IOException {
        herd = new TestHerd(dir, "Alford", "Bolden").link("Alford", "Bolden").throughProxies()
                .clock("Alford", alfords).clock("Bolden", boldens);
        herd.proxies().forEach(FaultyProxy::cut);
        herd.startAll();
    }

    @AfterEach
    void stop() {
        herd.close();
    }

    /** Tells each server something while they are apart; returns what both have when they have met. */
    private String winner(String toAlford, String toBolden) throws IOException {
        try (RawClient alford = herd.connect("Alford"); RawClient bolden = herd.connect("Bolden")) {
            assertThat(alford.ask(toAlford)).startsWith("AT Alford ");
            assertThat(bolden.ask(toBolden)).startsWith("AT Bolden ");
            herd.proxies().forEach(FaultyProxy::heal);
            String winner = herd.awaitSameStores("once they have met", 1).get("kiwi");
            String places = winner + '\n' + StubPlaces.document(3) + "\n\n";
            assertThat(alford.askForPlaces("WHATSAT kiwi 1 20")).isEqualTo(places);
            assertThat(bolden.askForPlaces("WHATSAT kiwi 1 20")).isEqualTo(places);
            return winner;
        }
    }

    @Test
    void theNewerTimeWinsWhateverTheSkew() throws IOException {
        boldens.set("2000");
        assertThat(winner("IAMAT kiwi +1-1 999", "IAMAT kiwi +2-2 999.000000001"))
                .isEqualTo("AT Bolden +1000.999999999 kiwi +2-2 999.000000001");
    }

    @Test
    void ofEqualTimesTheSmallerSkewWins() throws IOException {
        alfords.set("1000.000000001");
        assertThat(winner("IAMAT kiwi +1-1 999", "IAMAT kiwi +2-2 999"))
                .isEqualTo("AT Bolden +1.000000000 kiwi +2-2 999");
    }

    @Test
    void aNegativeSkewIsSmallerThanAPositiveOne() throws IOException {
        boldens.set("990");
        assertThat(winner("IAMAT kiwi +1-1 999", "IAMAT kiwi +2-2 999"))
                .isEqualTo("AT Bolden -9.000000000 kiwi +2-2 999");
    }

    @Test
    void ofTwoNegativeSkewsTheNumericallySmallerWins() throws IOException {
        alfords.set("998");
        boldens.set("989");
        assertThat(winner("IAMAT kiwi +1-1 999", "IAMAT kiwi +2-2 999"))
                .isEqualTo("AT Bolden -10.000000000 kiwi +2-2 999");
    }

    @Test
    void ofEqualSkewsTheSmallerNameWins() throws IOException {
        assertThat(winner("IAMAT kiwi +2-2 999", "IAMAT kiwi +1-1 999"))
                .isEqualTo("AT Alford +1.000000000 kiwi +2-2 999");
    }

    @Test
    void digitsPastTheNinthMakeNoTimeNewer() throws IOException {
        assertThat(winner("IAMAT kiwi +2-2 999", "IAMAT kiwi +1-1 999.0000000009"))
                .isEqualTo("AT Alford +1.000000000 kiwi +2-2 999");
    }

    @Test
    void atOneServerTheSmallerLineWins() throws IOException {
        try (RawClient alford = herd.connect("Alford")) {
            alford.ask("IAMAT kiwi +5-5 999");
            alford.ask("IAMAT kiwi +6-6 999");
            assertThat(herd.stored("Alford", "kiwi")).isEqualTo("AT Alford +1.000000000 kiwi +5-5 999");
            alford.ask("IAMAT kiwi +4-4 999");
        }
        assertThat(winner("IAMAT kiwi +7-7 999", "IAMAT kiwi +1-1 999"))
                .isEqualTo("AT Alford +1.000000000 kiwi +4-4 999");
    }
}
