package dev.proxyherd.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.parallel.ExecutionMode.CONCURRENT;

import dev.proxyherd.link.session.LinkTiming;
import dev.proxyherd.protocol.Cutoffs;
import dev.proxyherd.protocol.HelloValues;
import dev.proxyherd.protocol.LinkMessage;
import dev.proxyherd.server.Await;
import dev.proxyherd.server.FakeNeighbour;
import dev.proxyherd.server.FaultyProxy;
import dev.proxyherd.server.HerdServer;
import dev.proxyherd.server.RawClient;
import dev.proxyherd.server.TestHerd;
import dev.proxyherd.server.TestSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;

/** Two servers that go by one name are told from one that was restarted, and one of them is let in. */
class NameConflictTest {
    private static final String ONE_INCARNATION = "1111111111111111" + "0".repeat(16);
    private static final String NEXT_INCARNATION = "2222222222222222" + "0".repeat(16);

    @TempDir
    private Path dir;

    /** Alford is there twice; Parker, its neighbour, dials the first, whose address its topology has. */
    @Nested
    class TwoServersOfOneName {
        private TestHerd herd;
        private FaultyProxy wayIn;
        private HerdServer second;

        @BeforeEach
        void start() throws IOException {
            herd = new TestHerd(dir, "Alford", "Parker").link("Alford", "Parker").startAll().awaitLinks();
            wayIn = new FaultyProxy(herd.port("Parker"));
            herd.neighbour("Alford", "Parker", wayIn.port());
            second = herd.startNamesake("Alford", dir.resolve("elsewhere"));
        }

        @AfterEach
        void stop() {
            second.stop();
            wayIn.close();
            herd.close();
        }

        private boolean isSecondIn() {
            return second.status(Cutoffs.NONE).links().getFirst().up();
        }

        private void awaitRefusals(int more) {
            int before = wayIn.connections();
            Await.until("the second one has dialled again", () -> wayIn.connections() >= before + more);
        }

        @Test
        void areToldByTheirNeighbourAndByBoth() {
            String address = "127.0.0.1:" + herd.port("Alford");
            herd.awaitWarning("Parker", "two servers called Alford are running, one at " + address
                    + " and one that dials from 127.0.0.1:");
            herd.awaitWarning("Alford", "another server called Alford is running, and Parker meets it at 127.0.0.1:");
            herd.awaitWarning("Alford'", "it refused: another server called Alford is running, at " + address
                    + "; stop one of them, or give it a name of its own");
            awaitRefusals(5);
            assertThat(herd.warnings("Parker")).as("told once").hasSize(1);
            assertThat(herd.warnings("Alford")).as("told once").hasSize(1);
        }

        @Test
        void doNotTakeTurns() throws IOException {
            herd.awaitWarning("Alford'", "it refused");
            herd.awaitLinks();
            long starts = herd.status("Alford").links().getFirst().starts();
            awaitRefusals(5);
            assertThat(isSecondIn()).isFalse();
            assertThat(herd.status("Alford").links()).singleElement()
                    .matches(link -> link.up() && link.incoming() && link.starts() == starts);
            try (RawClient parker = herd.connect("Parker"); RawClient alford = herd.connect("Alford")) {
                parker.ask("IAMAT kiwi +34-118 7");
                alford.ask("IAMAT apple +34-118 7");
            }
            herd.awaitSameStores("what the one at the address heard, too", 2);
        }

        @Test
        void showInTheStatusUntilThereIsOneAgain() throws InterruptedException {
            herd.awaitWarning("Alford'", "it refused");
            Await.until("Parker and Alford tell", () -> {
                String faults = herd.survey().status().faults().toString();
                return faults.contains("Parker: two servers called Alford are running")
                        && faults.contains("Alford: another server called Alford is running, and Parker meets it");
            });
            assertThat(herd.statusCache("Parker").seenFrom("Parker").isWell()).isFalse();
            second.stop();
            Await.until("all is well", () -> herd.survey().status().isWell());
        }

        @Test
        void takeTurnsOnlyWhenTheOneThatWasInIsGone() throws IOException {
            herd.awaitWarning("Alford'", "it refused");
            herd.stop("Alford");
            Await.until("the second one is in", this::isSecondIn);
            herd.neighbour("Alford", "Parker", herd.port("Parker")).start("Alford");
            herd.awaitLinks();
            Await.until("and then refused again", () -> !isSecondIn());
        }
    }

    @Nested
    class ARestart {
        @Test
        void isLetInAtOnceAndNothingIsSaid() throws IOException {
            try (TestHerd herd =
                    new TestHerd(dir, "Alford", "Parker").link("Alford", "Parker").startAll().awaitLinks()) {
                for (int i = 0; i < 3; i++) {
                    herd.stop("Alford");
                    herd.start("Alford");
                    herd.awaitLinks();
                }
                assertThat(herd.warnings("Parker")).isEmpty();
                assertThat(herd.warnings("Alford")).isEmpty();
            }
        }

        @Test
        void afterACrashThatLeftAConnectionOpenIsLetInAtOnce() throws IOException {
            try (TwoEnds ends = new TwoEnds(dir, TestSettings.TIMING, 0)) {
                ends.herd().startAll();
                try (FakeNeighbour halfOpen = FakeNeighbour.dial(ends.herd(), "Bolden", "Alford", ONE_INCARNATION);
                        FakeNeighbour restarted =
                                FakeNeighbour.dial(ends.herd(), "Bolden", "Alford", NEXT_INCARNATION)) {
                    restarted.send("AT Bolden +0.000000001 kiwi +34-118 7");
                    Await.until("Alford learns", () -> ends.herd().stored("Alford", "kiwi") != null);
                    Await.until("the link before is closed", halfOpen.connection()::isClosedByServer);
                }
                assertThat(ends.herd().warnings("Alford")).isEmpty();
            }
        }
    }

    @Nested
    class AnIncarnationThatComesBack {
        @Test
        void isRefusedWhileTheOneAfterItIsThereWhichIsTold() throws IOException {
            try (TwoEnds ends = new TwoEnds(dir, TestSettings.TIMING, 0)) {
                ends.herd().startAll();
                FakeNeighbour.dial(ends.herd(), "Bolden", "Alford", ONE_INCARNATION).close();
                try (FakeNeighbour next = FakeNeighbour.dial(ends.herd(), "Bolden", "Alford", NEXT_INCARNATION);
                        FakeNeighbour back = new FakeNeighbour(ends.herd().connect("Alford"))) {
                    assertThat(back.refusal("Bolden", "Alford", ONE_INCARNATION))
                            .startsWith("another server called Bolden is running, at 127.0.0.1:");
                    assertThat(next.await(LinkMessage.Namesake.class).address()).startsWith("127.0.0.1:");
                }
                ends.herd().awaitWarning("Alford", "two servers called Bolden are running");
            }
        }

        @Test
        void isNotToldOfToOneThatDoesNotKnowTheMessage() throws IOException {
            try (TwoEnds ends = new TwoEnds(dir, TestSettings.TIMING, 0)) {
                ends.herd().startAll();
                FakeNeighbour.dial(ends.herd(), "Bolden", "Alford", ONE_INCARNATION).close();
                LinkMessage.Hello hello = new LinkMessage.Hello(List.of(LinkMessage.VERSION), LinkMessage.Role.LINK,
                        "Bolden", "Alford", NEXT_INCARNATION,
                        HelloValues.NONE.with("abilities", "resync,gone").with("expireAfter", "0")
                                .with("forgetKeep", "0"));
                try (FakeNeighbour next = FakeNeighbour.dial(ends.herd(), hello);
                        FakeNeighbour back = new FakeNeighbour(ends.herd().connect("Alford"))) {
                    assertThat(back.refusal("Bolden", "Alford", ONE_INCARNATION)).startsWith("another server called");
                    next.send(new LinkMessage.EntriesWanted(0));
                    String line = next.connection().readLine();
                    while (!line.startsWith("ENTRIES ") && !line.startsWith("NAMESAKE ")) {
                        line = next.connection().readLine();
                    }
                    assertThat(line).as("a message that went out after it would have").isEqualTo("ENTRIES 0 .");
                }
            }
        }

        @Test
        void isLetInWhenTheOneAfterItHasEnded() throws IOException {
            try (TwoEnds ends = new TwoEnds(dir, TestSettings.TIMING, 0)) {
                ends.herd().startAll();
                FakeNeighbour.dial(ends.herd(), "Bolden", "Alford", ONE_INCARNATION).close();
                FakeNeighbour.dial(ends.herd(), "Bolden", "Alford", NEXT_INCARNATION).close();
                ends.herd().awaitLog("Alford", "link from Bolden down");
                Await.until("both have ended", () -> !ends.herd().status("Alford").links().getFirst().incoming());
                FakeNeighbour.dial(ends.herd(), "Bolden", "Alford", ONE_INCARNATION).close();
                assertThat(ends.herd().warnings("Alford")).isEmpty();
            }
        }
    }

    @Nested
    class OneThatDialsWhileAnotherAnswersAtItsAddress {
        @Test
        @Execution(CONCURRENT)
        void losesItsLinkWhenBothGoOn() throws IOException {
            try (TwoEnds ends = new TwoEnds(dir, TestSettings.timing(Duration.ofSeconds(1)), 0)) {
                ends.herd().startAll();
                try (FakeNeighbour atTheAddress = ends.accept();
                        FakeNeighbour dialler = FakeNeighbour.dial(ends.herd(), "Bolden", "Alford", ONE_INCARNATION)) {
                    ends.beat(atTheAddress);
                    ends.beat(dialler);
                    ends.herd().awaitWarning("Alford", "two servers called Bolden are running, one at 127.0.0.1:");
                    Await.until("it has no link", dialler.connection()::isClosedByServer);
                    try (FakeNeighbour again = new FakeNeighbour(ends.herd().connect("Alford"))) {
                        assertThat(again.refusal("Bolden", "Alford", ONE_INCARNATION))
                                .startsWith("another server called Bolden");
                    }
                }
            }
        }
    }

    /** In another herd with the same names and secret, Parker's file has the address of this herd's Alford. */
    @Nested
    class TwoHerdsJoinedByAWrongAddress {
        @Test
        @Execution(CONCURRENT)
        void areToldByAllWhoseNamesAreThereTwice() throws IOException {
            LinkTiming timing = TestSettings.timing(Duration.ofSeconds(1));
            try (TestHerd one =
                    new TestHerd(dir.resolve("one"), "Alford", "Parker").link("Alford", "Parker").timing(timing);
                    TestHerd other = new TestHerd(dir.resolve("other"), "Alford", "Parker").link("Alford", "Parker")
                            .timing(timing)) {
                one.startAll().awaitLinks();
                other.neighbour("Parker", "Alford", one.port("Alford")).startAll();
                one.awaitWarning("Alford", "two servers called Parker are running");
                one.awaitWarning("Parker", "another server called Parker is running, and Alford meets it");
                other.awaitWarning("Parker", "it refused: another server called Parker is running");
                other.awaitWarning("Parker",
                        "two servers called Alford are running, one at 127.0.0.1:" + one.port("Alford"));
                other.awaitWarning("Alford",
                        "another server called Alford is running, and Parker meets it at 127.0.0.1:"
                                + one.port("Alford"));
                one.awaitLinks();
            }
        }
    }
}
