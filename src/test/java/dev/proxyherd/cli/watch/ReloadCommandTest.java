package dev.proxyherd.cli.watch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.proxyherd.cli.CommandRun;
import dev.proxyherd.server.TestHerd;
import dev.proxyherd.status.ReloadStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code herd reload} prints of what servers answer. */
class ReloadCommandTest {
    private String timeout = "30s";

    @TempDir
    private Path dir;

    private CommandRun run(TestHerd herd, String... more) throws IOException {
        Path topology = Files.writeString(dir.resolve("herd.json"),
                "{\"servers\": {\"Alford\": {\"host\": \"127.0.0.1\","
                        + " \"port\": " + herd.port("Alford") + "}, \"Bolden\": {\"host\": \"127.0.0.1\", \"port\": "
                        + herd.port("Bolden") + "}}}");
        Path secret = Files.writeString(dir.resolve("the-secret"), TestHerd.SECRET);
        String[] all = new String[6 + more.length];
        System.arraycopy(new String[] {"reload", "--topology", topology.toString(), "--secret-file", secret.toString(),
            "--timeout=" + timeout}, 0, all, 0, 6);
        System.arraycopy(more, 0, all, 6, more.length);
        return CommandRun.of(all);
    }

    private static ReloadStatus answer(String server, boolean dry) {
        return server.equals("Alford")
                ? new ReloadStatus(7, List.of(dry ? "it would" : "it did", "and more"), List.of("fsync", "places"),
                        List.of("maxLine, as --max-line has the last word"), null)
                : new ReloadStatus(7, List.of(), List.of(), List.of(), null);
    }

    @Test
    void tellsWhatHasChangedAtEachAndWhatTakesARestart() throws IOException {
        try (TestHerd herd = new TestHerd(dir, "Alford", "Bolden").reloads(ReloadCommandTest::answer).startAll()) {
            CommandRun run = run(herd);
            assertThat(run.out()).isEqualTo("""
                    Alford       changed
                      -> it did
                      -> and more
                      -> takes a restart, and is as it was: fsync, places
                      -> left as it was: maxLine, as --max-line has the last word
                    Bolden       as it was  its file says what is so already
                    """);
            assertThat(run.code()).isZero();
        }
    }

    @Test
    void tellsWhatWouldChange() throws IOException {
        try (TestHerd herd = new TestHerd(dir, "Alford", "Bolden").reloads(ReloadCommandTest::answer).startAll()) {
            CommandRun run = run(herd, "--dry-run", "--name", "Alford");
            assertThat(run.out()).startsWith("Alford       would change\n  -> it would\n").doesNotContain("Bolden");
            assertThat(run.code()).isZero();
        }
    }

    @Test
    void exitsWithOneWhereAFileHasAFaultOrAServerIsNotThere() throws IOException {
        ReloadStatus fault = ReloadStatus.ofFault(7, "herd.json: line 3: no");
        try (TestHerd herd = new TestHerd(dir, "Alford", "Bolden").reloads((server, dry) -> fault)) {
            herd.start("Alford");
            CommandRun run = run(herd);
            assertThat(run.out()).startsWith("Alford       as it was  herd.json: line 3: no\nBolden       not asked  ")
                    .contains("Connection refused");
            assertThat(run.code()).isEqualTo(1);
            assertThat(run(herd, "--name", "Alford").code()).isEqualTo(1);
        }
    }

    @Test
    void tellsThatAServerWhichHasNotAnsweredInTimeMayStillChange() throws IOException {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch over = new CountDownLatch(1);
        try (TestHerd herd = new TestHerd(dir, "Alford", "Bolden").reloads((server, dry) -> {
            asked.countDown();
            awaitQuietly(over);
            return answer(server, dry);
        })) {
            herd.start("Alford");
            timeout = "3s";
            CommandRun run = run(herd, "--name", "Alford");
            over.countDown();
            assertThat(asked.getCount()).as("it was asked").isZero();
            assertThat(run.out()).matches("(?s)Alford       no answer  .*: no answer within 3 s\\R"
                    + "  -> it may still change; herd status shows by which topology it goes\\R");
            assertThat(run.code()).isEqualTo(1);
        }
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void isRefusedByServersThatHaveNoFile() throws IOException {
        try (TestHerd herd = new TestHerd(dir, "Alford", "Bolden").startAll()) {
            assertThat(run(herd).out()).contains("Bolden       as it was  Bolden was started without a topology file");
        }
    }
}
