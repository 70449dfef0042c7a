package dev.proxyherd.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.proxyherd.io.Sweeper;
import dev.proxyherd.journal.FsyncPolicy;
import dev.proxyherd.journal.HoledJournal;
import dev.proxyherd.link.inquiry.InquiryClient;
import dev.proxyherd.protocol.LinkMessage;
import dev.proxyherd.status.ForgetOutcome;
import dev.proxyherd.topology.ServerAddress;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A client that was forgotten is gone everywhere, whatever was down, cut off or restarted meanwhile. */
class ForgettingTest {
    private final long now = Instant.now().getEpochSecond();

    @TempDir
    private Path dir;

    private static void report(TestHerd herd, String server, String client, long time) throws IOException {
        try (RawClient connection = herd.connect(server)) {
            assertThat(connection.ask("IAMAT " + client + " +34-118 " + time)).startsWith("AT ");
        }
    }

    private static void isGone(TestHerd herd, String client) throws IOException {
        for (String name : herd.names()) {
            assertThat(herd.stored(name, client)).as("at " + name).startsWith("GONE ").contains(' ' + client + ' ');
            try (RawClient connection = herd.connect(name)) {
                String question = "WHATSAT " + client + " 1 0";
                assertThat(connection.ask(question)).as("at " + name).isEqualTo("? " + question);
            }
        }
    }

    @Nested
    class InAWholeHerd {
        @Test
        void isUnknownToClientsEverywhereAndCountsNoMore() throws IOException {
            try (TestHerd herd = TestHerd.ofFive(dir).startAll().awaitLinks()) {
                report(herd, "Hamilton", "kiwi", now);
                report(herd, "Welsh", "emu", now);
                herd.awaitSameStores("before", 2);
                ForgetOutcome outcome = herd.forgetEverywhere("Bolden", "kiwi");
                assertThat(outcome.isComplete()).as(outcome.toString()).isTrue();
                assertThat(outcome.gone().get("kiwi")).startsWith("GONE Bolden +");
                isGone(herd, "kiwi");
                for (String name : herd.names()) {
                    assertThat(herd.status(name).clients()).isEqualTo(1);
                    herd.awaitLog(name, "GONE Bolden ");
                }
                assertThat(herd.statusCache("Alford").seenFrom("Alford").isConverged()).isTrue();
            }
        }

        @Test
        void losesWithEveryReportThatIsNotLaterAndBeginsAnewWithALaterOne() throws IOException {
            try (TestHerd herd = TestHerd.ofFive(dir).startAll().awaitLinks()) {
                report(herd, "Hamilton", "kiwi", now + 100);
                herd.awaitSameStores("before", 1);
                String gone = herd.forgetEverywhere("Alford", "kiwi").gone().get("kiwi");
                assertThat(gone).as("one nanosecond past the newest").endsWith(" kiwi " + (now + 100) + ".000000001");
                report(herd, "Welsh", "kiwi", now + 100);
                report(herd, "Parker", "kiwi", 7);
                isGone(herd, "kiwi");
                report(herd, "Welsh", "kiwi", now + 101);
                Await.until("all know it again", () -> herd.names().stream()
                        .allMatch(name -> herd.stored(name, "kiwi").startsWith("AT Welsh ")));
            }
        }

        @Test
        void isNothingThatWasNeverKnown() throws IOException {
            try (TestHerd herd = TestHerd.ofFive(dir).startAll().awaitLinks()) {
                ForgetOutcome outcome = herd.forgetEverywhere("Alford", "nobody");
                assertThat(outcome.unknown()).containsExactly("nobody");
                assertThat(outcome.gone()).isEmpty();
                assertThat(herd.stored("Alford")).isEmpty();
            }
        }

        /** The newest time that a report may have leaves one nanosecond. */
        @Test
        void mayHaveReportedTheNewestTimeThereIs() throws IOException {
            try (TestHerd herd = new TestHerd(dir, "Alford", "Bolden").link("Alford", "Bolden")
                    .journal(FsyncPolicy.EVERYSEC).startAll().awaitLinks()) {
                report(herd, "Alford", "kiwi", 9_223_372_035L);
                herd.awaitSameStores("before", 1);
                for (int i = 0; i < 2; i++) {
                    assertThat(herd.forgetEverywhere("Bolden", "kiwi").gone().get("kiwi"))
                            .endsWith(" kiwi 9223372035.000000001");
                }
                report(herd, "Alford", "kiwi", 9_223_372_035L);
                isGone(herd, "kiwi");
                herd.stop("Alford");
                herd.stop("Bolden");
                herd.startAll();
                Await.until("both have read their journals",
                        () -> herd.names().stream().allMatch(name -> herd.stored(name).size() == 1));
                isGone(herd, "kiwi");
            }
        }
    }

    @Nested
    class WhileAServerIsDown {
        private TestHerd herd() throws IOException {
            return TestHerd.ofFive(dir).journal(FsyncPolicy.EVERYSEC).startAll().awaitLinks();
        }

        @Test
        void isGoneThereTooWhenItIsBackAndStaysSoWhenAllWereDown() throws IOException {
            try (TestHerd herd = herd()) {
                report(herd, "Bolden", "kiwi", now);
                herd.awaitSameStores("before", 1);
                herd.stop("Bolden");
                ForgetOutcome outcome = herd.forgetEverywhere("Hamilton", "kiwi");
                assertThat(outcome.isComplete()).isFalse();
                assertThat(outcome.unasked()).containsOnlyKeys("Bolden");
                assertThat(outcome.behind()).isEmpty();
                for (String name : List.of("Alford", "Hamilton", "Parker", "Welsh")) {
                    herd.stop(name);
                }
                herd.start("Bolden");
                Await.until("only the one that missed it knows it", () -> herd.stored("Bolden", "kiwi") != null
                        && herd.stored("Bolden", "kiwi").startsWith("AT "));
                for (String name : List.of("Alford", "Hamilton", "Parker", "Welsh")) {
                    herd.start(name);
                }
                Await.until("all agree", () -> herd.names().stream().map(herd::stored).distinct().count() == 1
                        && herd.stored("Bolden").size() == 1);
                isGone(herd, "kiwi");
            }
        }

        @Test
        void comesBackWithALaterReportThatOnlyThatServerHasUntilItIsForgottenAgain() throws IOException {
            try (TestHerd herd = herd()) {
                report(herd, "Hamilton", "kiwi", now);
                herd.awaitSameStores("before", 1);
                herd.stop("Parker");
                report(herd, "Hamilton", "kiwi", now + 5000);
                herd.stop("Hamilton");
                herd.start("Parker");
                herd.awaitLinks();
                assertThat(herd.forgetEverywhere("Alford", "kiwi").unasked()).containsOnlyKeys("Hamilton");
                herd.start("Hamilton");
                Await.until("the later report is everywhere", () -> herd.names().stream()
                        .allMatch(name -> herd.stored(name, "kiwi") != null
                                && herd.stored(name, "kiwi").endsWith(" " + (now + 5000))));
                assertThat(herd.forgetEverywhere("Alford", "kiwi").isComplete()).isTrue();
                isGone(herd, "kiwi");
            }
        }

        @Test
        void isForgottenThoughNobodyElseKnewIt() throws IOException {
            try (TestHerd herd = herd()) {
                herd.stop("Hamilton");
                ForgetOutcome outcome = herd.forgetEverywhere("Alford", "kiwi");
                assertThat(outcome.unknown()).as("who knows what Hamilton knows").isEmpty();
                assertThat(outcome.gone()).containsOnlyKeys("kiwi");
            }
        }
    }

    @Nested
    class WhileAServerIsCutOff {
        @Test
        void isGonePastWhatThatServerHeardAndThereWhenALinkLeadsThere() throws Exception {
            try (TestHerd herd = TestHerd.ofFive(dir).throughProxies().startAll().awaitLinks()) {
                report(herd, "Hamilton", "kiwi", now);
                herd.awaitSameStores("before", 1);
                herd.proxy("Hamilton", "Parker").stall();
                herd.proxy("Parker", "Hamilton").stall();
                report(herd, "Hamilton", "kiwi", now + 5000);
                CompletableFuture<ForgetOutcome> outcome = CompletableFuture.supplyAsync(() -> {
                    try {
                        return herd.forgetEverywhere("Welsh", "kiwi");
                    } catch (IOException e) {
                        throw new IllegalStateException(e);
                    }
                });
                Await.until("the others have forgotten it",
                        () -> List.of("Alford", "Bolden", "Parker", "Welsh").stream()
                                .allMatch(
                                        name -> herd.stored(name, "kiwi").endsWith(" " + (now + 5000) + ".000000001")));
                assertThat(herd.stored("Hamilton", "kiwi")).startsWith("AT ");
                herd.proxies().forEach(FaultyProxy::heal);
                assertThat(outcome.get().unasked()).isEmpty();
                Await.until("Hamilton has, too", () -> herd.stored("Hamilton", "kiwi").startsWith("GONE "));
                isGone(herd, "kiwi");
            }
        }
    }

    @Nested
    class WithClocksThatDiffer {
        @ParameterizedTest
        @ValueSource(longs = {-3600, 3600})
        void isGoneWhicheverServerWritesIt(long off) throws IOException {
            try (TestHerd herd = TestHerd.ofFive(dir).journal(FsyncPolicy.EVERYSEC)
                    .clock("Bolden", () -> Instant.now().plusSeconds(off)).startAll().awaitLinks()) {
                report(herd, "Bolden", "kiwi", now);
                report(herd, "Hamilton", "emu", now);
                herd.awaitSameStores("before", 2);
                assertThat(herd.forgetEverywhere("Bolden", "kiwi").isComplete()).isTrue();
                assertThat(herd.forgetEverywhere("Hamilton", "emu").isComplete()).isTrue();
                report(herd, "Hamilton", "kiwi", now);
                report(herd, "Bolden", "emu", now);
                isGone(herd, "kiwi");
                isGone(herd, "emu");
                herd.names().forEach(herd::stop);
                herd.startAll();
                herd.awaitSameStores("after a restart of all", 2);
                isGone(herd, "kiwi");
                isGone(herd, "emu");
            }
        }
    }

    @Nested
    class AServerThatReplaysItsJournal {
        @Test
        void neitherSaysWhatItHoldsNorForgetsForItMayKnowMore() throws Exception {
            Path journal = dir.resolve("server-Alford.journal");
            HoledJournal.dig(journal, HoledJournal.LONG);
            try (TestHerd herd = new TestHerd(dir, "Alford", "Bolden").link("Alford", "Bolden")) {
                herd.start("Bolden");
                report(herd, "Bolden", "kiwi", now);
                herd.journal(FsyncPolicy.EVERYSEC).start("Alford");
                report(herd, "Alford", "emu", now);
                assertThatThrownBy(() -> herd.forget("Alford", "emu")).isInstanceOf(IOException.class)
                        .hasMessageContaining("still reads its journal");
                assertThatThrownBy(() -> herd.survey().forget("Alford", Map.of("emu", 0L)))
                        .isInstanceOf(IOException.class).hasMessageEndingWith(": it still reads its journal");
                assertThat(herd.forgetEverywhere("Bolden", "emu").unasked())
                        .containsEntry("Alford", "it still reads its journal");
                assertThat(herd.survey().trace("emu").getFirst().failure()).isEqualTo("it still reads its journal");
            }
        }
    }

    @Nested
    class OnTheWire {
        private InquiryClient connect(TestHerd herd, LinkMessage.Role role, Sweeper sweeper) throws Exception {
            return InquiryClient.connect(role, "Alford", new ServerAddress("127.0.0.1", herd.port("Alford")),
                    herd.credentials(), Duration.ofSeconds(15), sweeper);
        }

        @Test
        void onlyTheRoleForChangesMayHaveClientsForgotten() throws Exception {
            try (TestHerd herd = new TestHerd(dir, "Alford").startAll()) {
                report(herd, "Alford", "kiwi", now);
                Sweeper sweeper = new Sweeper();
                try (InquiryClient status = connect(herd, LinkMessage.Role.STATUS, sweeper)) {
                    assertThat(status.clients("k*")).containsExactly("kiwi");
                    assertThatThrownBy(() -> status.forget(Map.of("kiwi", 0L))).isInstanceOf(IOException.class);
                }
                assertThat(herd.stored("Alford", "kiwi")).startsWith("AT ");
                try (InquiryClient change = connect(herd, LinkMessage.Role.CHANGE, sweeper)) {
                    assertThat(change.forget(Map.of("kiwi", 0L)).getFirst()).startsWith("GONE Alford ");
                    assertThat(change.trace(List.of("kiwi")).getFirst()).contains(" GONE Alford ");
                    assertThat(change.clients("*")).isEmpty();
                }
                assertThat(herd.stored("Alford", "kiwi")).startsWith("GONE ");
                herd.awaitLog("Alford", "FORGET kiwi ");
            }
        }

        @Test
        void aNeighbourTeachesItAndAClientCannot() throws IOException {
            try (TestHerd herd = new TestHerd(dir, "Alford", "Bolden").link("Alford", "Bolden")) {
                herd.start("Alford");
                report(herd, "Alford", "kiwi", 7);
                String gone = "GONE Bolden +0.000000000 kiwi 8.000000000";
                try (RawClient client = herd.connect("Alford")) {
                    assertThat(client.ask(gone)).isEqualTo("? " + gone);
                    assertThat(client.ask("FORGET kiwi 8.000000000")).startsWith("? ");
                }
                assertThat(herd.stored("Alford", "kiwi")).startsWith("AT ");
                try (FakeNeighbour bolden = FakeNeighbour.dial(herd, "Bolden", "Alford")) {
                    bolden.send(gone);
                    Await.until("Alford has learnt it", () -> herd.stored("Alford", "kiwi").equals(gone));
                    bolden.send("GONE Bolden +0.000000000 kiwi 9");
                    herd.awaitLog("Alford", "the neighbour sent what is no link message");
                }
                assertThat(herd.stored("Alford", "kiwi")).isEqualTo(gone);
            }
        }
    }
}
