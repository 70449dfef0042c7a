package dev.proxyherd.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.proxyherd.link.session.LinkTiming;
import dev.proxyherd.net.ClientLimits;
import dev.proxyherd.net.ConnectionLimits;
import dev.proxyherd.protocol.RandomLocations;
import dev.proxyherd.status.LinkStatus;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Servers whose place in the herd changes while they run. Alford and Bolden are neighbours at first, and stay so. */
class LivingTopologyTest {
    @TempDir
    private Path dir;

    private TestHerd herd;

    @BeforeEach
    void start() throws IOException {
        herd = new TestHerd(dir, "Alford", "Bolden").link("Alford", "Bolden").startAll().awaitLinks();
    }

    @AfterEach
    void stop() {
        herd.close();
    }

    private List<String> neighbours(String name) {
        return herd.status(name).links().stream().map(LinkStatus::neighbour).toList();
    }

    private long starts(String name, String neighbour) {
        return herd.status(name).links().stream().filter(link -> link.neighbour().equals(neighbour))
                .mapToLong(LinkStatus::starts).findFirst().orElseThrow();
    }

    private String report(String server, String client) throws IOException {
        try (RawClient connection = herd.connect(server)) {
            return connection.ask("IAMAT " + client + " +34-118 7");
        }
    }

    @Nested
    class AnAddedNeighbour {
        @Test
        void isDialledAndTaughtAndLinksThatWereThereAreNotTouched() throws IOException {
            report("Alford", "before");
            herd.add("Parker").link("Alford", "Parker").link("Bolden", "Parker");
            herd.start("Parker");
            herd.change("Alford", "Bolden").awaitLinks();
            assertThat(neighbours("Alford")).containsExactly("Bolden", "Parker");
            report("Parker", "after");
            herd.awaitSameStores("Parker's, too", 2);
            assertThat(starts("Alford", "Bolden")).isEqualTo(1);
            assertThat(starts("Bolden", "Alford")).isEqualTo(1);
        }

        @Test
        void whoseOwnFileHasNoLinkBackIsToldOfByBothUntilItHas() throws IOException {
            herd.add("Parker");
            herd.start("Parker");
            herd.link("Alford", "Parker").change("Alford");
            herd.awaitWarning("Alford", "it refused: Alford is no neighbour of Parker in its topology file");
            herd.awaitWarning("Parker", "is refused: Alford is no neighbour of Parker in its topology file");

            herd.change("Parker").awaitLinks();
            assertThat(herd.warnings("Parker")).hasSize(1);
        }
    }

    @Nested
    class ARemovedNeighbour {
        @BeforeEach
        void addParker() throws IOException {
            herd.add("Parker").link("Alford", "Parker").change("Alford");
            herd.start("Parker");
            herd.awaitLinks();
        }

        @Test
        void isGoneFromTheStatusAndIsRefusedWithTheReason() throws IOException {
            herd.unlink("Alford", "Parker").change("Alford");
            assertThat(neighbours("Alford")).containsExactly("Bolden");
            herd.awaitLog("Parker", "link to Alford down");
            herd.awaitWarning("Parker", "it refused: Parker is no longer a neighbour of Alford in its topology file");
            herd.awaitWarning("Alford", "is refused: Parker is no longer a neighbour of Alford in its topology file");
            assertThat(starts("Alford", "Bolden")).isEqualTo(1);
            assertThat(herd.warnings("Alford")).as("once").hasSize(1);
        }

        @Test
        void whoseFileSaysSoTooIsNotToldOf() throws IOException {
            herd.unlink("Alford", "Parker").change("Parker", "Alford");
            herd.awaitLog("Alford", "link to Parker down");
            herd.awaitLog("Parker", "link to Alford down");
            assertThat(neighbours("Parker")).isEmpty();
            assertThat(herd.warnings("Alford")).isEmpty();
            assertThat(herd.warnings("Parker")).isEmpty();
        }

        @Test
        void thatComesBackBeforeItsLinksHaveEndedIsANeighbourAgain() throws IOException {
            for (int i = 0; i < 5; i++) {
                herd.unlink("Alford", "Parker").change("Alford");
                herd.link("Alford", "Parker").change("Alford");
            }
            herd.awaitLinks();
            report("Parker", "kiwi");
            report("Bolden", "apple");
            herd.awaitSameStores("as before", 2);
        }
    }

    @Nested
    class OneThatIsNoNeighbour {
        /** Else it would try again after 10 ms, 20 ms, and so on. */
        private static final LinkTiming SLOW = new LinkTiming(Duration.ofMillis(100), Duration.ofHours(1),
                Duration.ofSeconds(2), Duration.ofSeconds(15), Duration.ofMillis(10), Duration.ofMinutes(12));

        @Test
        void dialsSlowlyUntilItsNeighbourDialsInBack() throws IOException {
            try (TestHerd two = new TestHerd(dir.resolve("two"), "Parker", "Welsh").timing(SLOW)) {
                two.start("Welsh");
                try (FaultyProxy way = new FaultyProxy(two.port("Welsh"))) {
                    two.neighbour("Parker", "Welsh", way.port()).start("Parker");
                    two.awaitLog("Parker", "it refused: Parker is no neighbour of Welsh in its topology file");
                    long start = System.nanoTime();
                    Await.until("it would have tried again", () -> System.nanoTime() - start > 500_000_000);
                    assertThat(way.connections()).isEqualTo(1);

                    two.neighbour("Welsh", "Parker", two.port("Parker")).change("Welsh").awaitLinks();
                    assertThat(way.connections()).isEqualTo(2);
                    assertThat(two.warnings("Parker")).as("it was soon over").isEmpty();
                    assertThat(two.warnings("Welsh")).isEmpty();
                }
            }
        }
    }

    @Nested
    class TheLastComparison {
        private static final Duration NEVER = Duration.ofHours(1);

        /** Here no heartbeat, and so no other comparison, comes in time. */
        @Test
        void teachesEachEndWhatTheOtherLacks() throws IOException {
            LinkTiming once = new LinkTiming(NEVER, NEVER, Duration.ofSeconds(2), NEVER, Duration.ofMillis(10),
                    Duration.ofSeconds(2));
            try (TestHerd two = new TestHerd(dir.resolve("two"), "Parker", "Welsh").link("Parker", "Welsh")
                    .timing(once).startAll().awaitLinks()) {
                two.merge("Parker", RandomLocations.at("AT Parker +0.000000001 kiwi +34-118 7"));
                two.merge("Welsh", RandomLocations.at("AT Welsh +0.000000001 apple +34-118 7"));
                two.unlink("Parker", "Welsh").change("Parker", "Welsh");
                two.awaitSameStores("after the last comparison", 2);
                for (String name : two.names()) {
                    String other = name.equals("Parker") ? "Welsh" : "Parker";
                    two.awaitLog(name, "link to " + other + " down: " + other + " is no longer a neighbour of " + name);
                    two.awaitLog(name, "link from " + other + " down");
                }
            }
        }
    }

    @Nested
    class AServerThatMoves {
        @Test
        void losesItsClientsAndNoOthersAndIsDialledThere() throws IOException {
            int before = herd.port("Bolden");
            try (RawClient ofAlford = herd.connect("Alford"); RawClient ofBolden = herd.connect("Bolden")) {
                ofBolden.ask("IAMAT kiwi +34-118 7");
                herd.move("Bolden").change("Bolden");
                Await.until("the client is let go", ofBolden::isClosedByServer);
                assertThatThrownBy(() -> new RawClient(before)).isInstanceOf(IOException.class);
                assertThat(report("Bolden", "apple")).startsWith("AT Bolden");
                herd.awaitSameStores("over the links that are still up", 2);
                assertThat(starts("Bolden", "Alford")).isEqualTo(1);
                assertThat(starts("Alford", "Bolden")).as("its neighbour's link goes on").isEqualTo(1);

                herd.change("Alford").awaitLinks();
                Await.until("Alford dials it there", () -> starts("Alford", "Bolden") == 2);
                assertThat(starts("Bolden", "Alford")).isEqualTo(1);
                assertThat(ofAlford.ask("IAMAT pear +34-118 7")).startsWith("AT Alford");
                herd.awaitSameStores("after both", 3);
            }
        }

        @Test
        void answersWhatItHasReadBefore() throws IOException {
            try (RawClient client = herd.connect("Bolden")) {
                client.send("IAMAT kiwi +34-118 7\n".repeat(500));
                client.readLine();
                herd.move("Bolden").change("Bolden");
                assertThat(client.readToEnd().lines()).allMatch(line -> line.startsWith("AT Bolden"));
            }
        }

        @Test
        void staysAsItWasWhereItCannotListen() throws IOException {
            ServerConfig before = herd.server("Bolden").config();
            int port = herd.port("Bolden");
            try (ServerSocket taken = new ServerSocket();
                    RawClient client = herd.connect("Bolden")) {
                herd.move("Bolden").unlink("Alford", "Bolden");
                taken.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), herd.port("Bolden")));
                assertThatThrownBy(() -> herd.change("Bolden")).isInstanceOf(IOException.class)
                        .hasMessageContaining("cannot listen on 127.0.0.1:" + herd.port("Bolden"));
                assertThat(client.ask("IAMAT kiwi +34-118 7")).startsWith("AT Bolden");
            }
            assertThat(herd.server("Bolden").config()).isEqualTo(before);
            assertThat(neighbours("Bolden")).containsExactly("Alford");
            new RawClient(port).close();
        }
    }

    @Nested
    class ChangedLimits {
        private ClientLimits limits(int total, int perHost, int line, int clients) {
            return new ClientLimits(new ConnectionLimits(total, perHost), line, Duration.ofMinutes(1),
                    Duration.ofMinutes(1), Duration.ofDays(100_000), clients);
        }

        @Test
        void countForTheNextReport() throws IOException {
            try (RawClient client = herd.connect("Alford")) {
                client.ask("IAMAT kiwi +34-118 7");
                herd.limits(limits(100, 0, 8192, 1)).change("Alford");
                assertThat(client.ask("IAMAT apple +34-118 7")).startsWith("? ");
                assertThat(client.ask("IAMAT kiwi +34-118 8")).startsWith("AT ");
                herd.awaitWarning("Alford", "--max-clients allows, 1;");
                herd.limits(limits(100, 0, 8192, 2)).change("Alford");
                assertThat(client.ask("IAMAT apple +34-118 7")).startsWith("AT ");
            }
        }

        @Test
        void countForTheNextConnectionAndLeaveThoseThatAreOpen() throws IOException {
            String longLine = "x".repeat(2000);
            try (RawClient before = herd.connect("Alford")) {
                before.ask("IAMAT kiwi +34-118 7");
                herd.limits(limits(100, 1, 1024, 100)).change("Alford");
                assertThat(before.ask(longLine)).isEqualTo("? " + longLine);
                try (RawClient second = herd.connect("Alford")) {
                    assertThat(second.readToEnd()).as("one connection of an address").isEmpty();
                } catch (IOException reset) {
                    // That is as good.
                }
            }
            Await.until("there is room for one again", () -> {
                try (RawClient next = herd.connect("Alford")) {
                    return next.ask(longLine).equals("? " + "x".repeat(1024));
                } catch (IOException refused) {
                    return false;
                }
            });
        }

        @Test
        void keepTheNextOnesWaitingWhenFewerMayBeConnected() throws IOException {
            try (RawClient one = herd.connect("Alford"); RawClient two = herd.connect("Alford")) {
                one.ask("IAMAT kiwi +34-118 7");
                two.ask("IAMAT kiwi +34-118 8");
                herd.limits(limits(1, 0, 8192, 100)).change("Alford");
                try (RawClient third = herd.connect("Alford")) {
                    third.send("IAMAT kiwi +34-118 9\n");
                    Await.until("it is refused", third::isClosedByServer);
                }
                assertThat(one.ask("IAMAT kiwi +34-118 10")).startsWith("AT ");
                herd.limits(limits(5, 0, 8192, 100)).change("Alford");
                try (RawClient third = herd.connect("Alford")) {
                    assertThat(third.ask("IAMAT kiwi +34-118 11")).startsWith("AT ");
                }
            }
        }
    }
}
