package dev.proxyherd.server;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.proxyherd.journal.FsyncPolicy;
import dev.proxyherd.journal.HoledJournal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The port is open while the journal is replayed, which takes long here. */
class ReplayTest {
    @TempDir
    private Path dir;

    private Path journal;

    @BeforeEach
    void letAnEarlierServerKnowSomeone() throws IOException {
        journal = dir.resolve("server-Alford.journal");
        try (TestHerd herd = new TestHerd(dir, "Alford").journal(FsyncPolicy.EVERYSEC).startAll();
                RawClient client = herd.connect("Alford")) {
            client.ask("IAMAT kiwi +34-118 7");
        }
    }

    private TestHerd startReplay(FsyncPolicy fsync, long hole) throws IOException {
        HoledJournal.dig(journal, hole);
        TestHerd herd = new TestHerd(dir, "Alford", "Bolden").link("Alford", "Bolden");
        herd.start("Bolden");
        herd.journal(fsync).start("Alford");
        return herd;
    }

    private static boolean isReplaying(TestHerd herd) {
        return !herd.status("Alford").journal().replayed();
    }

    @Test
    void reportsAreAnsweredMeanwhile() throws IOException {
        try (TestHerd herd = startReplay(FsyncPolicy.EVERYSEC, HoledJournal.LONG);
                RawClient client = herd.connect("Alford")) {
            assertThat(client.ask("IAMAT emu +34-118 7")).startsWith("AT Alford ");
            assertThat(client.ask("WHATSAT emu 1 0")).as("one that is known already").startsWith("AT Alford ");
            assertThat(isReplaying(herd)).isTrue();
        }
    }

    @Test
    void aQuestionForAnUnknownClientWaitsForItsEnd() throws IOException {
        try (TestHerd herd = startReplay(FsyncPolicy.EVERYSEC, HoledJournal.SHORT);
                RawClient client = herd.connect("Alford")) {
            assertThat(isReplaying(herd)).isTrue();
            assertThat(client.ask("WHATSAT kiwi 1 0")).startsWith("AT Alford ").endsWith(" kiwi +34-118 7");
        }
    }

    @Test
    void linksStartAfterIt() throws IOException {
        try (TestHerd herd = startReplay(FsyncPolicy.EVERYSEC, HoledJournal.SHORT)) {
            herd.awaitLog("Bolden", "Alford is still replaying its journal");
            assertThat(herd.stored("Bolden")).isEmpty();
            herd.awaitSameStores("after the replay", 1);
            herd.awaitLog("Alford", "1 records replayed");
        }
    }

    @Test
    void anOrderlyStopDoesNotWaitForItAndKeepsAll() throws IOException {
        try (TestHerd herd = startReplay(FsyncPolicy.EVERYSEC, HoledJournal.LONG)) {
            try (RawClient client = herd.connect("Alford")) {
                assertThat(client.ask("IAMAT emu +34-118 7")).startsWith("AT Alford ");
            }
            long start = System.nanoTime();
            herd.stop("Alford");
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(3));
            assertThat(herd.log("Alford")).contains("the replay has ended early, for the server stops");
            HoledJournal.fill(journal, HoledJournal.LONG);
            herd.start("Alford");
            Await.until("both are known", () -> herd.stored("Alford").size() == 2);
        }
    }

    @Test
    void withFsyncAlwaysAnswersWaitForTheDiskAndNotForItsEnd() throws IOException {
        try (TestHerd herd = startReplay(FsyncPolicy.ALWAYS, HoledJournal.LONG);
                RawClient client = herd.connect("Alford")) {
            for (int i = 0; i < 5; i++) {
                assertThat(client.ask("IAMAT c" + i + " +34-118 7")).startsWith("AT Alford ");
                assertThat(new String(HoledJournal.after(journal, HoledJournal.LONG), US_ASCII))
                        .as("what is in the file when the answer is here").contains(" c" + i + " ");
            }
            assertThat(isReplaying(herd)).isTrue();
        }
    }

    @Test
    void damageThatIsSkippedIsMendedByNeighbours() throws IOException {
        Files.delete(journal);
        try (TestHerd herd =
                new TestHerd(dir, "Alford", "Bolden").link("Alford", "Bolden").journal(FsyncPolicy.EVERYSEC)
                        .startAll().awaitLinks()) {
            try (RawClient client = herd.connect("Alford")) {
                for (int i = 0; i < 100; i++) {
                    client.ask("IAMAT c" + i + " +34-118 7");
                }
            }
            herd.awaitSameStores("before the damage", 100);
            herd.stop("Alford");
            byte[] damaged = Files.readAllBytes(journal);
            for (int i = damaged.length / 3; i < damaged.length / 2; i++) {
                damaged[i] = 0;
            }
            Files.write(journal, damaged);
            herd.start("Alford");
            herd.awaitLog("Alford", "are damaged and were skipped");
            herd.awaitSameStores("though a part of the journal is lost", 100);

            herd.stop("Alford");
            herd.stop("Bolden");
            herd.start("Alford");
            Await.until("what neighbours taught was kept", () -> herd.stored("Alford").size() == 100);
        }
    }
}
