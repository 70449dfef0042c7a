package dev.proxyherd.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.proxyherd.journal.SmallDisk;
import dev.proxyherd.server.Await;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 60, threadMode = ThreadMode.SEPARATE_THREAD)
class FailingDiskTest {
    /** Three times what one buffer holds: more than both together, so that at least one write was tried. */
    private static final int LINES = 3 * LogBuffer.BYTES / 100;
    private static final String PADDING = "x".repeat(100);

    @TempDir
    private Path folder;

    private static void logLines(TrafficLog log) throws InterruptedException {
        Thread appender = Thread.ofVirtual().start(() -> {
            for (int i = 0; i < LINES; i++) {
                log.note(PADDING);
            }
        });
        Await.end(appender);
    }

    private static long logged(List<String> lines) {
        return lines.stream().filter(line -> line.endsWith(PADDING)).count();
    }

    @Nested
    class WhenWritesFail {
        @Test
        void nobodyWaitsForEver() throws Exception {
            Path full = Path.of("/dev/full");
            Assumptions.assumeTrue(Files.exists(full), "a device that is always full is needed");
            Path path = Files.createSymbolicLink(folder.resolve("server-Alford.log"), full);
            try (TrafficLog log = TrafficLog.open(path, LogFiles.NO_BOUND, Clock.systemUTC(), "full", warning -> {})) {
                logLines(log);
            }
            Files.delete(path);
        }

        @Test
        void linesAreDroppedAndTheirCountIsLoggedWhenWritingWorksAgain() throws Exception {
            Pipe pipe = new Pipe(folder.resolve("server-Alford.log"));
            CompletableFuture<InputStream> first = pipe.opening();
            TrafficLog log = pipe.log();
            first.get().close();
            logLines(log);
            CompletableFuture<List<String>> mended = Pipe.reading(pipe.open());
            log.note("after");
            log.close();
            List<String> lines = mended.get();
            assertThat(LogFiles.notLogged(lines)).isPositive();
            assertThat(LogFiles.notLogged(lines) + logged(lines)).isEqualTo(LINES);
            assertThat(lines).last().asString().endsWith(" -- after");
        }
    }

    @Nested
    class WhenADiskIsFull {
        @Test
        void whatIsLoggedOnceThereIsRoomStartsOnALineOfItsOwn() throws Exception {
            try (SmallDisk disk = SmallDisk.mount(folder.resolve("small"), 64)) {
                Path path = disk.folder().resolve("server-Alford.log");
                TrafficLog log = TrafficLog.open(path, LogFiles.NO_BOUND, Clock.systemUTC(), "small", warning -> {});
                logLines(log);
                disk.resize(64 * 1024);
                log.note("after");
                log.close();
                List<String> lines = LogFiles.lines(path);
                assertThat(lines).filteredOn(LogFiles::isCount).isNotEmpty()
                        .allMatch(line -> line.matches("\\S{" + Timestamps.LENGTH + "} -- \\d+ lines .*"));
                assertThat(lines).last().asString().endsWith(" -- after");
            }
        }
    }

    @Nested
    class WhenAWriteIsStuck {
        @Test
        void linesAreDroppedRatherThanWaitedForAndTheirCountIsLogged() throws Exception {
            Pipe pipe = new Pipe(folder.resolve("server-Alford.log"));
            CompletableFuture<InputStream> opening = pipe.opening();
            TrafficLog log = pipe.log();
            InputStream unread = opening.get();
            logLines(log);
            CompletableFuture<List<String>> mended = Pipe.reading(unread);
            log.close();
            List<String> lines = mended.get();
            assertThat(LogFiles.notLogged(lines)).isPositive();
            assertThat(LogFiles.notLogged(lines) + logged(lines)).isEqualTo(LINES);
            assertThat(lines).as("no line is torn").allMatch(line -> LogFiles.isCount(line) || line.endsWith(PADDING));
        }
    }
}
