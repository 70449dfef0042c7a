package dev.proxyherd.link;

import static org.assertj.core.api.Assertions.assertThat;

import dev.proxyherd.server.Await;
import dev.proxyherd.server.FakeNeighbour;
import dev.proxyherd.server.FreePorts;
import dev.proxyherd.server.RawClient;
import dev.proxyherd.server.TestHerd;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a server does with what neighbours teach it: Alford between two of them, Bolden and Welsh, who are the test. */
class LinkTrafficTest {
    private static final String FIRST = "AT Bolden +0.000000001 kiwi +34-118 1400794645";
    private static final String NEWER = "AT Bolden -7.000000000 kiwi +34.5-118.5 1400794646.5";

    @TempDir
    private Path dir;

    private ServerSocket boldensPort;
    private ServerSocket welshsPort;
    private TestHerd herd;
    private FakeNeighbour fromBolden;
    private FakeNeighbour toBolden;
    private FakeNeighbour toWelsh;

    @BeforeEach
    void start() throws IOException {
        boldensPort = listen();
        welshsPort = listen();
        herd = new TestHerd(dir, "Alford")
                .neighbour("Alford", "Bolden", boldensPort.getLocalPort())
                .neighbour("Alford", "Welsh", welshsPort.getLocalPort())
                .startAll();
        toBolden = FakeNeighbour.accept(boldensPort, "Bolden");
        toWelsh = FakeNeighbour.accept(welshsPort, "Welsh");
        fromBolden = FakeNeighbour.dial(herd, "Bolden", "Alford");
        herd.awaitLog("Alford", "link to Bolden up");
        herd.awaitLog("Alford", "link to Welsh up");
    }

    private static ServerSocket listen() throws IOException {
        return new ServerSocket(FreePorts.next(), 50, InetAddress.getLoopbackAddress());
    }

    @AfterEach
    void stop() throws IOException {
        for (FakeNeighbour link : new FakeNeighbour[] {fromBolden, toBolden, toWelsh}) {
            link.close();
        }
        boldensPort.close();
        welshsPort.close();
        herd.close();
    }

    @Test
    void anUpdateIsStoredAndPassedOnUnchangedToAllButItsSender() throws IOException {
        // As another incarnation than the one that is told, or what it sends would be left out for being known there.
        fromBolden.close();
        fromBolden = FakeNeighbour.dial(herd, "Bolden", "Alford", "f".repeat(FakeNeighbour.NONCE.length()));
        fromBolden.send(FIRST);
        assertThat(toWelsh.readLine()).isEqualTo(FIRST);
        assertThat(herd.stored("Alford", "kiwi")).isEqualTo(FIRST);

        String own;
        try (RawClient client = herd.connect("Alford")) {
            own = client.ask("IAMAT apple +1-1 1400794645");
        }
        assertThat(toBolden.readLine()).as("the first that Bolden hears").isEqualTo(own);
    }

    @Test
    void anUpdateThatDoesNotWinGoesNoFurther() throws IOException {
        fromBolden.send(NEWER);
        fromBolden.send(FIRST);
        fromBolden.send(NEWER);
        fromBolden.send("AT Bolden +0.000000001 last +34-118 1400794645");

        assertThat(toWelsh.readLine()).isEqualTo(NEWER);
        assertThat(toWelsh.readLine()).startsWith("AT Bolden +0.000000001 last");
        assertThat(herd.stored("Alford", "kiwi")).isEqualTo(NEWER);
    }

    @Test
    void bothEndsAreToldThatTheServerLives() throws IOException {
        assertThat(fromBolden.connection().readLine()).matches("BEAT [0-9a-f]{16} [0-9a-f]{16}");
        assertThat(fromBolden.connection().readLine()).as("nothing was taught yet").isEqualTo("SEEN 0");
        assertThat(fromBolden.connection().readLine()).matches("BEAT [0-9a-f]{16} [0-9a-f]{16}");
        assertThat(toWelsh.connection().readLine()).matches("BEAT [0-9a-f]{16} [0-9a-f]{16}");
        assertThat(toWelsh.connection().readLine()).matches("BEAT [0-9a-f]{16} [0-9a-f]{16}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"IAMAT kiwi +34-118 1400794645", "", "BEAT ", "AT", "AT Bolden 0.000000001 kiwi +34-118 1",
        "AT Bolden +0.000000001 kiwi +34-118 1 ", "AT Bolden +0.000000001  kiwi +34-118 1",
        "AT Bolden +0.000000001 kiwi +34-118 1\r", "REFUSED go away", "HERD 2 LINK Bolden Alford 00", "\u0000"})
    void whatIsNoLinkMessageClosesTheLink(String line) throws IOException {
        fromBolden.send(line);
        fromBolden.send(FIRST);

        Await.until("the link is closed", fromBolden.connection()::isClosedByServer);
        herd.awaitLog("Alford", "link from Bolden down: the neighbour sent what is no link message");
        assertThat(herd.stored("Alford")).isEmpty();
    }

    @Test
    void whatIsNoHeartbeatFromTheAcceptingEndClosesTheLink() throws IOException {
        toBolden.send(FIRST);

        herd.awaitLog("Alford", "link to Bolden down: the neighbour sent what is no link message");
        assertThat(herd.stored("Alford")).isEmpty();
    }

    @Test
    void aLineThatIsTooLongClosesTheLink() throws IOException {
        fromBolden.send("AT Bolden +0.000000001 " + "k".repeat(66_560) + " +34-118 1");

        Await.until("the link is closed", fromBolden.connection()::isClosedByServer);
        assertThat(herd.stored("Alford")).isEmpty();
    }

    @Test
    void theLongestLineOfAClientFitsALink() throws IOException {
        String longest = "AT " + "B".repeat(64) + " -9223372034.999999999 " + "k".repeat(65_536 - 12) + " +1-1 1";
        fromBolden.send(longest);

        assertThat(toWelsh.readLine()).isEqualTo(longest);
    }

    @Test
    void whatIsLeftAtTheEndOfALinkIsDropped() throws IOException {
        fromBolden.connection().send(FIRST + '\n' + "AT Bolden +0.000000001 apple +34-118 14007");
        assertThat(fromBolden.connection().finish()).matches("(BEAT [0-9a-f]{16} [0-9a-f]{16}\n|SEEN [01]\n)*");

        herd.awaitLog("Alford", "link from Bolden down: the neighbour closed it");
        assertThat(herd.stored("Alford")).containsOnlyKeys("kiwi");
    }

    @Test
    void aSecondLinkOfANeighbourTakesTheFirstOnesPlace() throws IOException {
        try (FakeNeighbour again = FakeNeighbour.dial(herd, "Bolden", "Alford")) {
            Await.until("the first link is closed", fromBolden.connection()::isClosedByServer);
            again.send(FIRST);
            assertThat(toWelsh.readLine()).isEqualTo(FIRST);
        }
        herd.awaitLog("Alford", "link from Bolden down: the neighbour has dialled again");
    }
}
