package dev.proxyherd.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.proxyherd.journal.file.ChannelOpener;
import dev.proxyherd.server.SystemCommand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A journal that cannot be opened says nothing against what it holds: the server does not start, and nothing is touched. */
class JournalOpeningTest {
    @TempDir
    private Path dir;

    private Path path;

    @BeforeEach
    void name() {
        path = dir.resolve("journal");
    }

    private void isRefused(ChannelOpener disk, String words) throws IOException {
        assertThatThrownBy(() -> KeptStore.open(path, disk)).hasRootCauseInstanceOf(IOException.class)
                .rootCause().hasMessageContaining(path.toString()).hasMessageContaining(words);
        try (Stream<Path> files = Files.list(dir)) {
            assertThat(files).as("what is in the folder").containsExactly(path);
        }
    }

    @Test
    void isRefusedWhereDescriptorsAreOut() throws IOException {
        try (KeptStore kept = KeptStore.open(path)) {
            kept.take(KeptStore.at("kiwi", 1)).round();
        }
        FaultyDisk disk = new FaultyDisk();
        disk.refusal = "Too many open files";
        isRefused(disk, "Too many open files");
        assertThat(KeptStore.replayed(path)).containsOnlyKeys("kiwi");
    }

    @Test
    void isRefusedWhereAFolderHasItsName() throws IOException {
        Files.createDirectory(path);
        isRefused(new FaultyDisk(), "no regular file");
    }

    @Test
    void isRefusedWhereAPipeHasItsName() throws IOException {
        assertThat(SystemCommand.run("mkfifo", path.toString())).isTrue();
        isRefused(new FaultyDisk(), "no regular file");
    }

    @Test
    void isRefusedWhereALinkLeadsInACircle() throws IOException {
        Files.createSymbolicLink(path, path.getFileName());
        isRefused(new FaultyDisk(), "in a circle");
    }
}
