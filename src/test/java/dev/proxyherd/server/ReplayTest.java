package dev.proxyherd.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.proxyherd.store.FsyncPolicy;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The port is open while the journal is replayed; here the journal is a pipe, so the test says when that ends. */
class ReplayTest {
    @TempDir
    private Path dir;

    private Path journal;
    private byte[] records;

    @BeforeEach
    void letAnEarlierServerKnowSomeone() throws IOException, InterruptedException {
        journal = dir.resolve("server-Alford.journal");
        try (TestHerd herd = new TestHerd(dir, "Alford").journal(FsyncPolicy.EVERYSEC).startAll();
                RawClient client = herd.connect("Alford")) {
            client.ask("IAMAT kiwi +34-118 7");
        }
        records = Files.readAllBytes(journal);
        Files.delete(journal);
        assumeTrue(isPipeMade(), "no pipe can be made here");
    }

    private boolean isPipeMade() throws InterruptedException {
        try {
            return new ProcessBuilder("mkfifo", journal.toString()).start().waitFor() == 0;
        } catch (IOException absent) {
            return false;
        }
    }

    /** Lets the replay come to its end, after which the server finds an ordinary file. */
    private void endReplay(OutputStream pipe) throws IOException {
        pipe.write(records);
        Path file = Files.write(dir.resolve("ordinary"), records);
        Files.move(file, journal, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        pipe.close();
    }

    @Test
    void questionsForUnknownClientsWaitReportsAreAnsweredAndLinksStartAfterIt() throws Exception {
        try (TestHerd herd = new TestHerd(dir, "Alford", "Bolden").link("Alford", "Bolden")) {
            herd.start("Bolden");
            herd.journal(FsyncPolicy.EVERYSEC).start("Alford");
            OutputStream pipe = Files.newOutputStream(journal);
            try (RawClient asks = herd.connect("Alford"); RawClient reports = herd.connect("Alford")) {
                CompletableFuture<String> answer = CompletableFuture.supplyAsync(() -> ask(asks, "WHATSAT kiwi 1 0"));
                assertThat(reports.ask("IAMAT emu +34-118 7")).startsWith("AT Alford ");
                assertThat(reports.ask("WHATSAT emu 1 0")).as("one that is known already").startsWith("AT Alford ");
                herd.awaitLog("Bolden", "Alford is still replaying its journal");
                assertThat(herd.status("Alford").journal().replayed()).isFalse();
                assertThat(herd.stored("Bolden")).isEmpty();
                assertThat(answer).isNotDone();

                endReplay(pipe);
                assertThat(answer.get()).startsWith("AT Alford ").endsWith(" kiwi +34-118 7");
                herd.awaitSameStores("after the replay", 2);
                assertThat(herd.status("Alford").journal().replayed()).isTrue();
            }
            herd.stop("Alford");
            herd.start("Alford");
            Await.until("what was reported meanwhile was kept", () -> herd.stored("Alford").size() == 2);
        }
    }

    @Test
    void whatWasReportedBeforeAServerStoppedInTheMiddleOfItIsKept() throws Exception {
        try (TestHerd herd = new TestHerd(dir, "Alford", "Bolden").link("Alford", "Bolden").journal(FsyncPolicy.EVERYSEC)) {
            herd.start("Alford");
            OutputStream pipe = Files.newOutputStream(journal);
            CompletableFuture<Void> stop;
            try (RawClient reports = herd.connect("Alford")) {
                assertThat(reports.ask("IAMAT emu +34-118 7")).startsWith("AT Alford ");
                stop = CompletableFuture.runAsync(() -> herd.stop("Alford"));
                Await.until("the server has closed its connections", reports::isClosedByServer);
            }
            endReplay(pipe);
            stop.get();
            herd.start("Alford");
            Await.until("both are known", () -> herd.stored("Alford").size() == 2);
        }
    }

    private static String ask(RawClient client, String line) {
        try {
            return client.ask(line);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void damageThatIsSkippedIsMendedByNeighbours() throws IOException {
        Files.delete(journal);
        try (TestHerd herd = new TestHerd(dir, "Alford", "Bolden").link("Alford", "Bolden").journal(FsyncPolicy.EVERYSEC)
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
