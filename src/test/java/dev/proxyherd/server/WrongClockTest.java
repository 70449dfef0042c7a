package dev.proxyherd.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.parallel.ExecutionMode.CONCURRENT;

import dev.proxyherd.net.ClientLimits;
import dev.proxyherd.net.ConnectionLimits;
import dev.proxyherd.status.ClockReading;
import dev.proxyherd.status.HerdStatus;
import dev.proxyherd.status.RoomStatus;
import dev.proxyherd.status.ServerAnswer;
import dev.proxyherd.status.ServerStatus;
import dev.proxyherd.status.TopologyStatus;
import dev.proxyherd.topology.ServerAddress;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;

/** A clock that is wrong is told of, and hides nothing. */
class WrongClockTest {
    @TempDir
    private Path dir;

    /** A clock that goes as the system's does, by so much ahead; it may be set. */
    private static final class Shifted implements InstantSource {
        private volatile Duration by;

        Shifted(Duration by) {
            this.by = by;
        }

        @Override
        public Instant instant() {
            return Instant.now().plus(by);
        }
    }

    private static List<String> faults(TestHerd herd) throws InterruptedException {
        return herd.survey().status().faults();
    }

    /** Parker, who is between the others, is three hours ahead of them, and locations live for one. */
    @Nested
    class OneThatIsAheadByMoreThanLocationsLive {
        private final Shifted parkers = new Shifted(Duration.ofHours(3));

        private TestHerd herd() {
            return new TestHerd(dir, "Alford", "Parker", "Welsh").link("Alford", "Parker").link("Parker", "Welsh")
                    .expireAfter(Duration.ofHours(1)).clock("Parker", parkers);
        }

        @Test
        void makesTheHerdNotConvergedThoughAllDigestsAreTheSame() throws IOException, InterruptedException {
            try (TestHerd herd = herd().startAll().awaitLinks(); RawClient alford = herd.connect("Alford")) {
                alford.ask("IAMAT kiwi +34-118 " + Instant.now().getEpochSecond());
                HerdStatus found = herd.survey().status();
                assertThat(found.servers()).extracting(server -> server.status().digest()).containsOnly("0".repeat(16));
                assertThat(herd.stored("Welsh")).as("nobody passed it on").isEmpty();
                assertThat(found.isConverged()).isFalse();
                assertThat(found.faults()).singleElement().asString()
                        .startsWith(
                                "the clock of Parker is 3.0 h ahead of that of this machine; set whichever is wrong");
                for (String name : herd.names()) {
                    HerdStatus seen = herd.statusCache(name).seenFrom(name);
                    assertThat(seen.isConverged()).as("seen from " + name).isFalse();
                    assertThat(seen.faults()).singleElement().asString()
                            .startsWith("the clock of Parker is 3.0 h ahead of ");
                }
                parkers.by = Duration.ZERO;
                herd.awaitSameStores("once the clock is right", 1);
                Await.until("all is well",
                        () -> herd.survey().status().isWell());
            }
        }

        @Test
        void isToldByItselfAndItsNeighboursOnceUntilItIsRight() throws IOException {
            try (TestHerd herd = herd().startAll().awaitLinks()) {
                for (String name : List.of("Alford", "Welsh")) {
                    herd.awaitWarning(name, "the clock of Parker is 3.0 h ahead of this server's, which says "
                            + Instant.now().toString().substring(0, 4));
                    herd.awaitWarning("Parker", "the clock of " + name + " is 3.0 h behind this server's");
                }
                parkers.by = Duration.ZERO;
                for (String name : List.of("Alford", "Welsh")) {
                    herd.awaitWarning(name, "the clock of Parker and this server's agree again");
                    herd.awaitWarning("Parker", "the clock of " + name + " and this server's agree again");
                    assertThat(herd.warnings(name)).hasSize(2);
                }
            }
        }
    }

    @Nested
    class OneThatBeganIn1970 {
        private final TestClock since1970 = new TestClock("12.5");

        private TestHerd herd(String... names) {
            return new TestHerd(dir, names).clock("Alford", since1970).limits(new ClientLimits(
                    new ConnectionLimits(100, 0), 8192, Duration.ofMinutes(1), Duration.ofSeconds(30),
                    Duration.ofHours(24), Integer.MAX_VALUE));
        }

        @Test
        void showsInTheStatusOfItsOnlyServer() throws IOException, InterruptedException {
            try (TestHerd herd = herd("Alford").startAll()) {
                assertThat(faults(herd)).singleElement().asString()
                        .matches("the clock of Alford is 2\\d{4}\\.\\d days behind that of this machine; .*NTP.*");
            }
        }

        @Test
        void isBlamedWhoeverElseIsThere() throws IOException, InterruptedException {
            try (TestHerd herd = herd("Alford", "Parker", "Welsh").link("Alford", "Parker").link("Parker", "Welsh")
                    .startAll().awaitLinks()) {
                assertThat(faults(herd)).singleElement().asString().startsWith("the clock of Alford is ");
                herd.awaitWarning("Parker", "the clock of Alford is ");
                herd.awaitWarning("Alford", "days ahead of this server's, which says 1970-01-01T00:00:12.500Z");
            }
        }

        @Test
        void saysSoWhenReportsAreRefusedOneAfterTheOther() throws IOException {
            try (TestHerd herd = herd("Alford").startAll(); RawClient client = herd.connect("Alford")) {
                for (int i = 0; i < 30; i++) {
                    assertThat(client.ask("IAMAT kiwi" + i + " +34-118 1795373207")).startsWith("? ");
                }
                assertThat(herd.warnings("Alford")).singleElement().asString().contains(
                        "10 reports in a row were refused", "this server's clock, which says 1970-01-01T00:00:12.5",
                        "set it");
                client.ask("IAMAT kiwi +34-118 12");
                for (int i = 0; i < 9; i++) {
                    client.ask("IAMAT kiwi +34-118 1795373207");
                }
                assertThat(herd.warnings("Alford")).as("nine are not ten").hasSize(1);
            }
        }
    }

    @Nested
    class ADifferenceThatIsTolerated {
        @Test
        @Execution(CONCURRENT)
        void isNotTold() throws IOException, InterruptedException {
            try (TestHerd herd = new TestHerd(dir, "Alford", "Parker").link("Alford", "Parker")
                    .clock("Parker", new Shifted(Duration.ofSeconds(4))).startAll().awaitLinks()) {
                assertThat(faults(herd)).isEmpty();
                long start = System.nanoTime();
                Await.until("many heartbeats have passed", () -> System.nanoTime() - start > 3_000_000_000L);
                assertThat(herd.warnings("Alford")).isEmpty();
                assertThat(herd.warnings("Parker")).isEmpty();
            }
        }

        @Test
        void isGreaterWhereTheAnswerTookLong() {
            ClockReading late = ClockReading.between(0, 4_000_000_000L, 8_000_000_000L);
            assertThat(late).isEqualTo(new ClockReading(6_000_000_000L, 2_000_000_000L));
            assertThat(faultsOf(found("Alford", late))).isEmpty();
            assertThat(faultsOf(found("Alford", new ClockReading(6_000_000_000L, 0)))).hasSize(1);
        }

        @Test
        void countsFromTheClockThatMostHave() {
            ClockReading right = new ClockReading(60_000_000_000L, 0);
            ClockReading wrong = new ClockReading(0, 0);
            assertThat(
                    faultsOf(found("A", right), found("B", right), found("C", right), found("D", wrong)))
                    .singleElement().asString().startsWith("the clock of D is 60.0 s behind most others; ");
        }

        private static List<String> faultsOf(ServerAnswer... servers) {
            return new HerdStatus(null, List.of(servers)).faults();
        }

        private static ServerAnswer found(String name, ClockReading clock) {
            ServerStatus status = new ServerStatus(name, 0, 0, 0, 0, "0", 0, 0, 0,
                    new RoomStatus(1_000, false, 0, 0, 0, 0), List.of(), null, new TopologyStatus("0", null), null,
                    null);
            return ServerAnswer.of(name, new ServerAddress("127.0.0.1", 1), status, clock);
        }
    }
}
