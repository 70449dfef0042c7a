package dev.proxyherd.net;

import static org.assertj.core.api.Assertions.assertThat;

import dev.proxyherd.server.RawClient;
import dev.proxyherd.server.TestClock;
import dev.proxyherd.server.TestHerd;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a server answers to a report, and what it keeps of it. */
class IamatTest {
    @TempDir
    private Path dir;

    private final TestClock clock = new TestClock("1400794645.956023836");
    private TestHerd herd;
    private RawClient client;

    @BeforeEach
    void start() throws IOException {
        herd = new TestHerd(dir, "Alford").clock("Alford", clock).startAll();
        client = herd.connect("Alford");
    }

    @AfterEach
    void stop() throws IOException {
        client.close();
        herd.close();
    }

    @Test
    void isAnsweredWithTheServersNameTheSkewAndCopiesOfTheFields() throws IOException {
        client.send("IAMAT kiwi.cs.ucla.edu +34.068930-118.445127 1400794645.392014450\n");

        assertThat(client.finish()).isEqualTo(
                "AT Alford +0.564009386 kiwi.cs.ucla.edu +34.068930-118.445127 1400794645.392014450\n");
    }

    @Test
    void ofAClientWhoseClockIsAheadHasANegativeSkew() throws IOException {
        assertThat(client.ask("IAMAT kiwi +34-118 1400794657.956023837"))
                .isEqualTo("AT Alford -12.000000001 kiwi +34-118 1400794657.956023837");
    }

    @Test
    void ofThisVeryMomentHasAPositiveZeroSkew() throws IOException {
        clock.set("1400794645");

        assertThat(client.ask("IAMAT kiwi +34-118 1400794645"))
                .isEqualTo("AT Alford +0.000000000 kiwi +34-118 1400794645");
    }

    @Test
    void keepsDigitsThatDoNotCount() throws IOException {
        clock.set("1400794646");

        assertThat(client.ask("IAMAT kiwi +034.0-0118.500 01400794645.0000000009"))
                .isEqualTo("AT Alford +1.000000000 kiwi +034.0-0118.500 01400794645.0000000009");
    }

    @Test
    void maySpanTheWholeRangeOfTimes() throws IOException {
        assertThat(client.ask("IAMAT a +90-180 0")).isEqualTo("AT Alford +1400794645.956023836 a +90-180 0");
        assertThat(client.ask("IAMAT b -90+180 9223372035"))
                .isEqualTo("AT Alford -7822577389.043976164 b -90+180 9223372035");
    }

    @Test
    void takesAnyBytesAsAnId() throws IOException {
        assertThat(client.ask("IAMAT \u00ff\u00fe\u0000\u0001+? +34-118 1400794645.956023836"))
                .isEqualTo("AT Alford +0.000000000 \u00ff\u00fe\u0000\u0001+? +34-118 1400794645.956023836");
    }

    @Nested
    class ThatIsOlderThanWhatIsStored {
        private static final String NEWER = "AT Alford +0.956023836 kiwi +34-118 1400794645";

        @BeforeEach
        void storeTheNewer() throws IOException {
            client.ask("IAMAT kiwi +34-118 1400794645");
        }

        @Test
        void isAnsweredButNotStored() throws IOException {
            assertThat(client.ask("IAMAT kiwi +1-1 1400794644"))
                    .isEqualTo("AT Alford +1.956023836 kiwi +1-1 1400794644");
            assertThat(client.askForPlaces("WHATSAT kiwi 10 0")).startsWith(NEWER + "\n{");
        }

        @Test
        void losesByANanosecondButNotByLess() throws IOException {
            client.ask("IAMAT kiwi +1-1 1400794644.999999999");
            assertThat(herd.stored("Alford", "kiwi")).isEqualTo(NEWER);

            clock.set("1400794645.5");
            client.ask("IAMAT kiwi +1-1 1400794645.0000000001");
            assertThat(herd.stored("Alford", "kiwi"))
                    .as("the time counts as equal, and the skew is smaller now")
                    .isEqualTo("AT Alford +0.500000000 kiwi +1-1 1400794645.0000000001");
        }

        @Test
        void doesNotTouchOtherClients() throws IOException {
            client.ask("IAMAT Kiwi +1-1 1");

            assertThat(herd.stored("Alford")).hasSize(2).containsEntry("kiwi", NEWER);
        }
    }
}
