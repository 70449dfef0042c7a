package dev.proxyherd.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Somebody else does something to the file of a running server: the next round notices, tells, and writes it anew. */
class JournalTamperingTest {
    @TempDir
    private Path dir;

    private Path path;
    private KeptStore kept;

    @BeforeEach
    void start() {
        path = dir.resolve("journal");
        kept = KeptStore.open(path);
        kept.take(KeptStore.at("kiwi", 1)).take(KeptStore.at("emu", 1)).round();
    }

    @AfterEach
    void stop() {
        kept.close();
    }

    private void isToldAndMended(String words) {
        kept.round();
        assertThat(kept.notes()).as("told after one round").singleElement().asString().contains(path.toString(), words);
        assertThat(kept.failure()).contains(words);
        JournalDiskTest.awaitWrittenAnew(kept);
        assertThat(kept.notes()).last().asString().contains("written anew, 2 records");
        kept.isWhatIsReplayedFrom(path, "after it " + words);
    }

    @Test
    void aFileThatWasDeletedIsWrittenAnew() throws IOException {
        Files.delete(path);
        isToldAndMended("was deleted");
    }

    @Test
    void aFileThatWasCutIsWrittenAnew() throws IOException {
        Files.newByteChannel(path, StandardOpenOption.WRITE).truncate(5).close();
        isToldAndMended("was cut short");
    }

    @Test
    void aFileThatTookItsPlaceIsKeptUnderAnotherName() throws IOException {
        Path other = dir.resolve("other");
        try (KeptStore another = KeptStore.open(other)) {
            another.take(KeptStore.at("moa", 1)).round();
        }
        Files.move(other, path, StandardCopyOption.REPLACE_EXISTING);
        isToldAndMended("was replaced by another file");
        assertThat(KeptStore.replayed(JournalDiskTest.asideOf(dir))).containsOnlyKeys("moa");
    }

    @Test
    void whatSomebodyAppendedIsKeptUnderAnotherName() throws IOException {
        Files.writeString(path, "hello\n", StandardOpenOption.APPEND);
        isToldAndMended("was written to by somebody else");
        assertThat(Files.readString(JournalDiskTest.asideOf(dir))).contains("hello\n");
    }

    @Nested
    class ASymbolicLink {
        private final RestGate gate = new RestGate();
        private Path elsewhere;

        private void startBehindALink() throws IOException {
            kept.close();
            elsewhere = dir.resolve("elsewhere");
            Files.createDirectory(elsewhere);
            Files.move(path, elsewhere.resolve("real"));
            Files.createSymbolicLink(path, Path.of("elsewhere/real"));
            kept = KeptStore.open(path, gate.bounds(0));
        }

        @Test
        void staysOneWhenTheFileIsWrittenAnew() throws IOException {
            startBehindALink();
            for (int time = 2; !kept.writer.isRewriting(); time++) {
                kept.take(KeptStore.at("kiwi", time)).round();
            }
            gate.open(kept);
            assertThat(path).isSymbolicLink();
            assertThat(Files.readAllLines(elsewhere.resolve("real"))).hasSize(2);
            kept.isWhatIsReplayedFrom(path, "through the link");
        }

        @Test
        void whoseFileWasDeletedStaysOneToo() throws IOException {
            startBehindALink();
            Files.delete(elsewhere.resolve("real"));
            kept.round();
            JournalDiskTest.awaitWrittenAnew(kept);
            assertThat(path).isSymbolicLink();
            assertThat(Files.readAllLines(elsewhere.resolve("real"))).hasSize(2);
        }
    }
}
