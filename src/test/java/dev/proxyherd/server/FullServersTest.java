package dev.proxyherd.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.proxyherd.journal.FsyncPolicy;
import dev.proxyherd.net.ClientLimits;
import dev.proxyherd.net.ConnectionLimits;
import dev.proxyherd.protocol.LinkMessage;
import dev.proxyherd.protocol.RandomLocations;
import dev.proxyherd.status.ForgetOutcome;
import dev.proxyherd.status.HerdStatus;
import dev.proxyherd.status.LinkStatus;
import dev.proxyherd.status.RoomStatus;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A herd one of whose servers, Full, has less room than the others know clients. */
class FullServersTest {
    private static final long NOW = 1_400_000_000;
    private static final int CLIENTS = 400;
    private static final int ROOM = 48;

    @TempDir
    private Path dir;

    private TestHerd herd;

    @AfterEach
    void stop() {
        herd.close();
    }

    private static ClientLimits room(int maxClients) {
        return new ClientLimits(new ConnectionLimits(100, 0), 8192, Duration.ofMinutes(1), Duration.ofMinutes(1),
                Duration.ofDays(100_000), maxClients);
    }

    private void start(String name, int maxClients) throws IOException {
        herd.limits(room(maxClients)).start(name);
    }

    private void know(String server, int from, int to, long time) {
        for (int i = from; i < to; i++) {
            herd.merge(server, RandomLocations.at("AT Welsh +0.000000001 c" + i + " +34-118 " + time));
        }
    }

    /** Starts Alford, which knows all, and Full, which learns what it has room for. */
    private void startBoth() throws IOException {
        start("Alford", Integer.MAX_VALUE);
        know("Alford", 0, CLIENTS, NOW);
        start("Full", ROOM);
        awaitClients("Full", ROOM);
    }

    /** Starts Full alone, with less room than it had when it wrote its journal. */
    private void startWithAJournalThatHoldsMore() throws IOException {
        herd = new TestHerd(dir, "Full").journal(FsyncPolicy.EVERYSEC);
        start("Full", CLIENTS);
        try (RawClient client = herd.connect("Full")) {
            for (int i = 0; i < CLIENTS; i++) {
                client.ask("IAMAT c" + i + " +1-1 " + NOW);
            }
        }
        herd.stop("Full");
        start("Full", ROOM);
        Await.until("it is replayed", () -> herd.status("Full").journal().replayed());
    }

    private void awaitClients(String server, int clients) {
        Await.until(server + " knows " + clients, () -> herd.status(server).clients() == clients);
    }

    private LinkStatus toFull() {
        return herd.status("Alford").links().getFirst();
    }

    private RoomStatus room() {
        return herd.status("Full").room();
    }

    private void awaitBeats(int beats) {
        long end = System.nanoTime() + beats * TestSettings.TIMING.heartbeat().toNanos();
        Await.until(beats + " heartbeats have passed", () -> System.nanoTime() - end > 0);
    }

    private String time(String server, String client) {
        String line = herd.stored(server, client);
        return line == null ? "none" : line.substring(line.lastIndexOf(' ') + 1);
    }

    private String aClientOfFull() {
        return herd.stored("Full").keySet().iterator().next();
    }

    private String aClientThatFullLacks() {
        Map<String, String> known = herd.stored("Full");
        return IntStream.range(0, CLIENTS).mapToObj(i -> "c" + i).filter(one -> !known.containsKey(one)).findFirst()
                .orElseThrow();
    }

    @Nested
    class BesideOneThatKnowsMore {
        @Test
        void itIsSentWhatItHasRoomForAndNothingMoreAtAnyHeartbeat() throws IOException {
            herd = new TestHerd(dir, "Alford", "Full").link("Alford", "Full");
            startBoth();
            awaitBeats(5);
            long sent = toFull().linesSent();
            awaitBeats(30);
            assertThat(toFull().linesSent()).isEqualTo(sent).isEqualTo(ROOM);
            assertThat(room().refusedTaught()).isZero();
            assertThat(herd.status("Alford").clients()).isEqualTo(CLIENTS);
        }

        @Test
        void itSaysSo() throws Exception {
            herd = new TestHerd(dir, "Alford", "Full").link("Alford", "Full");
            startBoth();
            herd.awaitWarning("Full", "--max-clients allows, " + ROOM);
            Await.until("it knows what it lacks", () -> room().lacking() == CLIENTS - ROOM);
            assertThat(room().full()).isTrue();
            assertThat(room().maxClients()).isEqualTo(ROOM);
            HerdStatus status = herd.survey().status();
            assertThat(status.isConverged()).isFalse();
            assertThat(status.whyNotConverged())
                    .contains("Full is full, lacks " + (CLIENTS - ROOM) + " of its neighbours' clients")
                    .doesNotContain("Alford");
            assertThat(herd.warnings("Full")).hasSize(1);
        }

        @Test
        void updatesOfWhatItKnowsGoOnAndNobodyElsesIsTaken() throws IOException {
            herd = new TestHerd(dir, "Alford", "Full").link("Alford", "Full");
            startBoth();
            String known = aClientOfFull();
            String unknown = aClientThatFullLacks();
            try (RawClient alford = herd.connect("Alford"); RawClient full = herd.connect("Full")) {
                alford.ask("IAMAT " + unknown + " +1-1 " + (NOW + 1));
                alford.ask("IAMAT " + known + " +1-1 " + (NOW + 1));
                Await.until("it is updated", () -> time("Full", known).equals("" + (NOW + 1)));
                assertThat(full.ask("WHATSAT " + unknown + " 1 0")).startsWith("? ");
                assertThat(full.ask("IAMAT " + unknown + " +1-1 " + (NOW + 2))).startsWith("? ");
                assertThat(full.ask("IAMAT " + known + " +1-1 " + (NOW + 2))).startsWith("AT Full ");
                Await.until("the other is told", () -> time("Alford", known).equals("" + (NOW + 2)));
            }
            assertThat(room().refusedTaught()).isEqualTo(1);
            assertThat(room().refusedReports()).isEqualTo(1);
            assertThat(herd.status("Full").clients()).isEqualTo(ROOM);
        }

        @Test
        void whatItKnowsIsRepairedAfterAnOutageAndNothingElseIsSent() throws IOException {
            herd = new TestHerd(dir, "Alford", "Full").link("Alford", "Full").throughProxies();
            startBoth();
            awaitBeats(5);
            long sent = toFull().linesSent();
            herd.proxies().forEach(FaultyProxy::cut);
            Await.until("the link is down", () -> !toFull().up());
            know("Alford", 0, CLIENTS, NOW + 1);
            herd.proxies().forEach(FaultyProxy::heal);
            Await.until("all that it knows is repaired", () -> herd.stored("Full").values().stream()
                    .allMatch(line -> line.endsWith(" " + (NOW + 1))));
            awaitBeats(10);
            assertThat(toFull().linesSent() - sent).isEqualTo(ROOM);
            assertThat(herd.status("Full").clients()).isEqualTo(ROOM);
        }
    }

    @Test
    void acknowledgesNothingMoreOnALinkOnceItHasKeptAnythingOut() throws IOException {
        herd = new TestHerd(dir, "Full").neighbour("Full", "Bolden", FreePorts.next());
        start("Full", 2);
        try (FakeNeighbour bolden = FakeNeighbour.dial(herd, "Bolden", "Full")) {
            for (String client : List.of("kiwi", "pear", "plum", "kiwi")) {
                bolden.send(new LinkMessage.At(RandomLocations.at("AT Bolden +0.000000001 " + client + " +34-118 7")));
            }
            Set<String> seen = new TreeSet<>();
            for (int beats = 0; beats < 4;) {
                String line = bolden.connection().readLine();
                beats += line.startsWith("BEAT ") ? 1 : 0;
                if (line.startsWith("SEEN ")) {
                    seen.add(line);
                }
            }
            assertThat(herd.status("Full").room().refusedTaught()).isEqualTo(1);
            assertThat(seen).isSubsetOf("SEEN 0", "SEEN 1", "SEEN 2").contains("SEEN 2");
        }
    }

    @Nested
    class WithRoomAgain {
        @Test
        void itLearnsWhatItLacksWhenItsLimitIsRaisedWhileItRuns() throws IOException {
            herd = new TestHerd(dir, "Alford", "Full").link("Alford", "Full");
            start("Alford", Integer.MAX_VALUE);
            know("Alford", 0, CLIENTS, NOW);
            HerdServer full = herd.limits(room(ROOM)).start("Full");
            awaitClients("Full", ROOM);
            awaitBeats(20);
            full.room().limit(2 * ROOM);
            awaitClients("Full", 2 * ROOM);
            full.room().limit(10 * CLIENTS);
            herd.awaitSameStores("with room for all", CLIENTS);
            assertThat(toFull().linesSent()).isEqualTo(CLIENTS);
            Await.until("it is not full any more", () -> !room().full() && room().lacking() == 0);
            herd.awaitWarning("Full", "there is room for new clients again");
        }

        @Test
        void itLearnsWhatItLacksAfterARestartWithAHigherLimit() throws IOException {
            herd = new TestHerd(dir, "Alford", "Full").link("Alford", "Full").journal(FsyncPolicy.EVERYSEC);
            startBoth();
            herd.stop("Full");
            start("Full", 2 * CLIENTS);
            herd.awaitSameStores("with room for all", CLIENTS);
        }

        @Test
        void itLearnsWhatItLacksWhenWhatItKnowsHasExpired() throws IOException {
            TestClock clock = new TestClock(String.valueOf(NOW));
            herd = new TestHerd(dir, "Alford", "Full").link("Alford", "Full").clock("Alford", clock)
                    .clock("Full", clock).expireAfter(Duration.ofSeconds(20));
            start("Full", ROOM);
            know("Full", 0, ROOM, NOW - 10);
            start("Alford", Integer.MAX_VALUE);
            awaitClients("Alford", ROOM);
            know("Alford", ROOM, 2 * ROOM, NOW);
            awaitBeats(10);
            assertThat(herd.stored("Full")).doesNotContainKey("c" + ROOM);
            clock.set(String.valueOf(NOW + 15));
            herd.awaitSameStores("once the first have expired", ROOM);
            assertThat(herd.stored("Full")).containsKey("c" + ROOM);
        }

        @Test
        void itLearnsOneClientWhenThereIsRoomForOne() throws IOException {
            herd = new TestHerd(dir, "Alford", "Full").link("Alford", "Full");
            start("Alford", Integer.MAX_VALUE);
            know("Alford", 0, ROOM + 1, NOW);
            HerdServer full = herd.limits(room(ROOM)).start("Full");
            awaitClients("Full", ROOM);
            full.room().limit(ROOM + 1);
            herd.awaitSameStores("with one place more", ROOM + 1);
        }
    }

    @Nested
    class InTheMiddle {
        @Test
        void ofAChainItPassesOnWhatItStoresAndNothingElse() throws IOException {
            herd = new TestHerd(dir, "Alford", "Full", "Welsh").link("Alford", "Full").link("Full", "Welsh");
            startBoth();
            start("Welsh", Integer.MAX_VALUE);
            awaitClients("Welsh", ROOM);
            String known = aClientOfFull();
            String unknown = aClientThatFullLacks();
            try (RawClient alford = herd.connect("Alford")) {
                alford.ask("IAMAT " + unknown + " +1-1 " + (NOW + 1));
                alford.ask("IAMAT " + known + " +1-1 " + (NOW + 1));
            }
            Await.until("it is passed on", () -> time("Welsh", known).equals("" + (NOW + 1)));
            assertThat(herd.stored("Welsh")).isEqualTo(herd.stored("Full")).doesNotContainKey(unknown);
            herd.stop("Full");
            start("Full", 2 * CLIENTS);
            herd.awaitSameStores("when it has room", CLIENTS);
        }

        @Test
        void ofAChainItPassesOnWhoWasForgottenThoughItKnowsThemNot() throws IOException {
            herd = new TestHerd(dir, "Alford", "Full", "Welsh").link("Alford", "Full").link("Full", "Welsh");
            startBoth();
            start("Welsh", Integer.MAX_VALUE);
            awaitClients("Welsh", ROOM);
            String unknown = aClientThatFullLacks();
            know("Welsh", 0, CLIENTS, NOW);
            ForgetOutcome outcome = herd.forgetEverywhere("Alford", unknown);
            assertThat(outcome.isComplete()).as(outcome.toString()).isTrue();
            for (String name : herd.names()) {
                assertThat(herd.stored(name, unknown)).as("at " + name).startsWith("GONE Alford ");
            }
            assertThat(herd.status("Full").clients()).isEqualTo(ROOM);
        }

        @Test
        void ofARingItKeepsNothingFromTheOthers() throws IOException {
            herd = new TestHerd(dir, "Alford", "Full", "Parker", "Welsh").link("Alford", "Full").link("Full", "Parker")
                    .link("Parker", "Welsh").link("Welsh", "Alford");
            startBoth();
            start("Parker", Integer.MAX_VALUE);
            start("Welsh", Integer.MAX_VALUE);
            awaitClients("Parker", CLIENTS);
            String unknown = aClientThatFullLacks();
            try (RawClient alford = herd.connect("Alford"); RawClient parker = herd.connect("Parker")) {
                alford.ask("IAMAT " + unknown + " +1-1 " + (NOW + 1));
                parker.ask("IAMAT new +1-1 " + (NOW + 1));
            }
            Await.until("both have come round", () -> time("Parker", unknown).equals("" + (NOW + 1))
                    && time("Alford", "new").equals("" + (NOW + 1)));
            assertThat(herd.stored("Parker")).isEqualTo(herd.stored("Welsh")).isEqualTo(herd.stored("Alford"));
            assertThat(herd.status("Full").clients()).isEqualTo(ROOM);
        }
    }

    @Nested
    class OfWhoWasForgotten {
        private static final int FORGOTTEN = 60;

        /** A store this small has nothing in most buckets, and something in the others. */
        @Test
        void itLearnsWhenItsLinkOpensAndOfNobodyElse() throws IOException {
            herd = new TestHerd(dir, "Alford", "Full");
            start("Alford", Integer.MAX_VALUE);
            start("Full", ROOM);
            know("Alford", 0, CLIENTS, NOW);
            know("Full", CLIENTS, CLIENTS + ROOM, NOW);
            for (int i = 0; i < FORGOTTEN; i++) {
                herd.forget("Alford", "c" + i);
            }
            herd.link("Alford", "Full").change("Alford", "Full");
            Await.until("Full has heard of all", () -> herd.status("Full").forgotten() == FORGOTTEN);
            awaitBeats(10);
            assertThat(herd.status("Full").clients()).isEqualTo(ROOM);
            assertThat(room().refusedTaught()).isZero();
        }

        @Test
        void itMayBeTheOneThatWritesIt() throws IOException {
            herd = new TestHerd(dir, "Alford", "Full").link("Alford", "Full");
            startBoth();
            String unknown = aClientThatFullLacks();
            ForgetOutcome outcome = herd.forgetEverywhere("Full", unknown);
            assertThat(outcome.isComplete()).as(outcome.toString()).isTrue();
            assertThat(herd.stored("Alford", unknown)).startsWith("GONE Full ");
        }

        @Test
        void itsJournalBringsNobodyBack() throws IOException {
            startWithAJournalThatHoldsMore();
            String unknown = aClientThatFullLacks();
            String gone = herd.forget("Full", unknown);
            herd.stop("Full");
            start("Full", CLIENTS);
            awaitClients("Full", CLIENTS - 1);
            assertThat(herd.stored("Full", unknown)).isEqualTo(gone);
        }
    }

    @Test
    void twoThatAreFullOfDifferentClientsLeaveEachOtherAlone() throws IOException {
        herd = new TestHerd(dir, "Alford", "Full").link("Alford", "Full");
        start("Alford", ROOM);
        know("Alford", 0, ROOM, NOW);
        start("Full", ROOM);
        know("Full", ROOM, 2 * ROOM, NOW);
        herd.awaitLinks();
        awaitBeats(20);
        long sent = toFull().linesSent() + herd.status("Full").links().getFirst().linesSent();
        awaitBeats(20);
        assertThat(toFull().linesSent() + herd.status("Full").links().getFirst().linesSent()).isEqualTo(sent);
    }

    @Test
    void aJournalThatHoldsMoreIsReadUpToTheLimitAndWhollyWithRoom() throws IOException {
        startWithAJournalThatHoldsMore();
        assertThat(herd.status("Full").clients()).isEqualTo(ROOM);
        assertThat(herd.status("Full").journal().unread()).isEqualTo(CLIENTS - ROOM);
        assertThat(room().refusedReplayed()).isEqualTo(CLIENTS - ROOM);
        herd.awaitWarning("Full", "keeps them: a start with more room");
        herd.stop("Full");
        start("Full", CLIENTS);
        awaitClients("Full", CLIENTS);
    }
}
