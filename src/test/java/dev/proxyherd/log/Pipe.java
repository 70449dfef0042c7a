package dev.proxyherd.log;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Assumptions;

/** A named pipe as a log's file: a disk that fails while nobody holds the other end, and is stuck while nobody reads there. */
final class Pipe {
    private final Path path;

    Pipe(Path path) throws Exception {
        this.path = path;
        Assumptions.assumeTrue(isMade(), "named pipes are needed");
    }

    private boolean isMade() throws InterruptedException {
        try {
            return new ProcessBuilder("mkfifo", path.toString()).start().waitFor() == 0;
        } catch (IOException noSuchProgram) {
            return false;
        }
    }

    /** Opens the reading end, which waits for a writer the first time. */
    InputStream open() {
        try {
            return new FileInputStream(path.toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    CompletableFuture<InputStream> opening() {
        return CompletableFuture.supplyAsync(this::open, task -> Thread.ofPlatform().daemon().start(task));
    }

    TrafficLog log() throws IOException {
        return TrafficLog.open(path, LogFiles.NO_BOUND, Clock.systemUTC(), "pipe", warning -> {});
    }

    /** Reads all lines to the end. */
    static CompletableFuture<List<String>> reading(InputStream end) {
        return CompletableFuture.supplyAsync(() -> {
            try (end) {
                return new String(end.readAllBytes(), ISO_8859_1).lines().toList();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }, task -> Thread.ofPlatform().daemon().start(task));
    }
}
