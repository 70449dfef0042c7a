package dev.proxyherd.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.proxyherd.gateway.RawHttp;
import dev.proxyherd.journal.FsyncPolicy;
import dev.proxyherd.journal.Rejoin;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who was forgotten is kept in mind for a while only, and a server that was away for longer brings nobody back. */
class ForgetKeepTest {
    private static final Duration KEEP = Duration.ofSeconds(10);
    private static final long NOW = 1_400_000_000;

    @TempDir
    private Path dir;

    private final TestClock alfords = new TestClock(String.valueOf(NOW));
    private final TestClock boldens = new TestClock(String.valueOf(NOW));

    private TestHerd herd() {
        return new TestHerd(dir, "Alford", "Bolden").link("Alford", "Bolden").forgetKeep(KEEP)
                .journal(FsyncPolicy.EVERYSEC).clock("Alford", alfords).clock("Bolden", boldens);
    }

    private void letPass(long seconds) {
        alfords.set(String.valueOf(NOW + seconds));
        boldens.set(String.valueOf(NOW + seconds));
    }

    private static void report(TestHerd herd, String server, String client) throws IOException {
        try (RawClient connection = herd.connect(server)) {
            assertThat(connection.ask("IAMAT " + client + " +34-118 " + NOW)).startsWith("AT ");
        }
    }

    private static String held(TestHerd herd) {
        return herd.status("Bolden").journal().held();
    }

    @Test
    void isDroppedWhenItsTimeHasComeAndLocationsAreNot() throws Exception {
        try (TestHerd herd = herd().startAll().awaitLinks()) {
            report(herd, "Alford", "kiwi");
            report(herd, "Alford", "emu");
            herd.awaitSameStores("before", 2);
            herd.forgetEverywhere("Alford", "kiwi");
            letPass(30);
            assertThat(herd.survey().status().isConverged()).isTrue();
            letPass(100);
            herd.awaitSameStores("without the one that was forgotten", 1);
            assertThat(herd.stored("Bolden")).containsOnlyKeys("emu");
            assertThat(herd.survey().status().isConverged()).isTrue();
        }
    }

    @Test
    void isTheSameForNeighboursOrTheyRefuseEachOther() throws IOException {
        try (TestHerd herd = herd()) {
            herd.start("Alford");
            herd.forgetKeep(Duration.ZERO).start("Bolden");
            herd.awaitLog("Alford", "give both the same forgetKeep");
            herd.awaitLog("Bolden", "give both the same forgetKeep");
        }
    }

    @Test
    void teachesAServerThatWasAwayForLess() throws IOException {
        try (TestHerd herd = herd().startAll().awaitLinks()) {
            report(herd, "Alford", "kiwi");
            herd.awaitSameStores("before", 1);
            herd.stop("Bolden");
            herd.forgetEverywhere("Alford", "kiwi");
            letPass(9);
            herd.start("Bolden");
            Await.until("Bolden has forgotten it", () -> herd.stored("Bolden").size() == 1
                    && herd.stored("Bolden", "kiwi").startsWith("GONE "));
            assertThat(held(herd)).isNull();
        }
    }

    @Nested
    class AServerThatWasAwayForLonger {
        /** Bolden comes back with one that was forgotten meanwhile, and one that it alone knows. */
        private TestHerd herdWithStaleBolden() throws IOException {
            TestHerd herd = herd().startAll().awaitLinks();
            report(herd, "Alford", "kiwi");
            herd.awaitSameStores("before", 1);
            herd.stop("Alford");
            report(herd, "Bolden", "emu");
            herd.stop("Bolden");
            herd.start("Alford");
            Await.until("Alford has read its journal", () -> herd.status("Alford").journal().replayed());
            herd.forgetEverywhere("Alford", "kiwi");
            letPass(100);
            Await.until("nobody knows any more that it was forgotten", () -> herd.stored("Alford").isEmpty());
            return herd;
        }

        private void awaitHeld(TestHerd herd) {
            Await.until("Bolden waits", () -> held(herd) != null && herd.status("Bolden").journal().replayed());
        }

        @Test
        void opensNoLinkServesClientsAndSaysWhatToDo() throws Exception {
            try (TestHerd herd = herdWithStaleBolden()) {
                for (int start = 0; start < 2; start++) {
                    herd.start("Bolden");
                    awaitHeld(herd);
                    herd.awaitWarning("Bolden", "start this server with --relearn");
                    assertThat(held(herd)).contains("--relearn", "--trust-journal");
                    try (RawClient client = herd.connect("Bolden")) {
                        assertThat(client.ask("IAMAT moa +34-118 " + (NOW + start))).startsWith("AT Bolden ");
                    }
                    assertThat(herd.survey().status().faults()).anyMatch(fault -> fault.startsWith("Bolden: ")
                            && fault.contains("--relearn"));
                    RawHttp.Answer ready = RawHttp.get(herd.openHttp("Bolden"), "/readyz");
                    assertThat(ready.status()).isEqualTo(503);
                    assertThat(ready.body()).contains("--trust-journal");
                    herd.awaitLog("Alford", "waits until somebody says what that is worth");
                    assertThat(herd.stored("Alford")).isEmpty();
                    assertThat(herd.stored("Bolden")).containsKeys("kiwi", "emu", "moa");
                    // What was reported meanwhile makes the journal no younger.
                    herd.stop("Bolden");
                }
            }
        }

        @Test
        void learnsAllAnewWhenToldSoAndKeepsWhatItHad() throws IOException {
            try (TestHerd herd = herdWithStaleBolden()) {
                report(herd, "Alford", "moa");
                herd.rejoin(Rejoin.RELEARN).start("Bolden");
                herd.awaitSameStores("what Alford knows", 1);
                assertThat(herd.stored("Bolden")).containsOnlyKeys("moa");
                herd.awaitWarning("Bolden", "it is kept as");
                try (Stream<Path> files = Files.list(dir)) {
                    assertThat(files.filter(file -> file.getFileName().toString()
                            .startsWith("server-Bolden.journal.relearned-"))).singleElement()
                            .satisfies(file -> assertThat(Files.readString(file)).contains(" kiwi ", " emu "));
                }
                herd.stop("Bolden");
                herd.rejoin(Rejoin.RELEARN).start("Bolden");
                herd.awaitLinks();
                assertThat(herd.stored("Bolden")).as("said once more it does nothing").containsOnlyKeys("moa");
                try (Stream<Path> files = Files.list(dir)) {
                    assertThat(files.filter(file -> file.toString().contains("relearned"))).hasSize(1);
                }
            }
        }

        @Test
        void teachesWhatItKnowsWhenToldSo() throws IOException {
            try (TestHerd herd = herdWithStaleBolden()) {
                herd.rejoin(Rejoin.TRUST).start("Bolden");
                assertThat(herd.awaitSameStores("with all that Bolden knew", 2)).containsOnlyKeys("kiwi", "emu");
                assertThat(held(herd)).isNull();
            }
        }
    }

    @Nested
    class AClock {
        @Test
        void thatIsWrongAtTheStartHoldsTheServerUntilItIsRight() throws IOException {
            try (TestHerd herd = herd().startAll().awaitLinks()) {
                report(herd, "Alford", "kiwi");
                herd.awaitSameStores("before", 1);
                for (long wrong : new long[] {-3600, 3600}) {
                    herd.stop("Bolden");
                    boldens.set(String.valueOf(NOW + wrong));
                    herd.start("Bolden");
                    Await.until("Bolden waits", () -> held(herd) != null);
                    boldens.set(String.valueOf(NOW + 1));
                    Await.until("Bolden does not wait any more", () -> held(herd) == null);
                    herd.awaitLinks();
                }
            }
        }

        @Test
        void holdsNobodyWhoHasNothingInTheJournal() throws IOException {
            try (TestHerd herd = herd()) {
                herd.start("Bolden");
                herd.stop("Bolden");
                letPass(1000);
                herd.startAll();
                herd.awaitLinks();
            }
        }
    }
}
