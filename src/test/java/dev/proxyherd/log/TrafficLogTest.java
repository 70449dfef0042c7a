package dev.proxyherd.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.proxyherd.server.Await;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrafficLogTest {
    private static final int WRITERS = 16;
    private static final int LINES = 4_000;
    private static final String PADDING = "x".repeat(60);

    @TempDir
    private Path folder;

    private Path path;

    @BeforeEach
    void name() {
        path = folder.resolve("server-Alford.log");
    }

    private TrafficLog open(long maxBytes) throws IOException {
        return TrafficLog.open(path, maxBytes, Clock.systemUTC(), "Alford", warning -> {});
    }

    /** Every writer logs its lines, some alone and some gathered; together several times what the buffers hold. */
    private static void writeFromAll(TrafficLog log) throws InterruptedException {
        List<Thread> writers = new ArrayList<>();
        for (int i = 0; i < WRITERS; i++) {
            LogBatch batch = log.batch("writer" + i);
            boolean gathers = i % 2 == 0;
            writers.add(Thread.ofVirtual().start(() -> {
                for (int line = 0; line < LINES; line++) {
                    byte[] text = TrafficLog.bytes(PADDING + line);
                    batch.in(text, 0, text.length);
                    if (!gathers || line % 7 == 0) {
                        batch.flush();
                    }
                }
                batch.flush();
            }));
        }
        for (Thread writer : writers) {
            Await.end(writer);
        }
    }

    @Test
    void losesNothingThatWasLoggedBeforeItIsClosed() throws Exception {
        TrafficLog log = open(LogFiles.NO_BOUND);
        writeFromAll(log);
        log.close();
        assertThat(Files.size(path)).as("more than the buffers hold").isGreaterThan(2L * LogBuffer.BYTES);
        List<String> lines = LogFiles.lines(path);
        assertThat(lines).hasSize(WRITERS * LINES);
        for (int i = 0; i < WRITERS; i++) {
            String from = " in  writer" + i + ' ' + PADDING;
            List<String> own = lines.stream().filter(line -> line.startsWith(from, Timestamps.LENGTH))
                    .map(line -> line.substring(Timestamps.LENGTH + from.length())).toList();
            assertThat(own).as("writer %d, in order", i)
                    .isEqualTo(IntStream.range(0, LINES).mapToObj(String::valueOf).toList());
        }
    }

    @Test
    void takesNoMoreDiskThanItMayAndKeepsWholeLines() throws Exception {
        long bound = TrafficLog.LEAST_BYTES;
        TrafficLog log = open(bound);
        writeFromAll(log);
        log.close();
        assertThat(LogFiles.diskUsed(folder)).isBetween(bound / 2, bound);
        assertThat(LogFiles.lines(path)).allMatch(line -> line.matches(".{27} in  writer\\d+ x{60}\\d+"));
    }

    @Test
    void showsLinesSoonWithoutBeingClosed() throws Exception {
        try (TrafficLog log = open(LogFiles.NO_BOUND)) {
            log.note("one");
            Await.until("the line is in the file", () -> Files.readString(path).endsWith(" -- one\n"));
            log.note("two");
            Await.until("the next one too", () -> Files.readString(path).endsWith(" -- two\n"));
        }
    }

    @Test
    void tellsWhatWasDroppedBeforeItIsClosed() throws Exception {
        TrafficLog log = open(LogFiles.NO_BOUND);
        log.append(new byte[LogBuffer.BYTES + 1], LogBuffer.BYTES + 1, 3);
        log.close();
        assertThat(LogFiles.notLogged(LogFiles.lines(path))).isEqualTo(3);
    }

    @Test
    void mayBeClosedTwice() throws Exception {
        TrafficLog log = open(LogFiles.NO_BOUND);
        log.note("one");
        log.close();
        log.close();
        assertThat(LogFiles.lines(path)).singleElement().asString().endsWith(" -- one");
    }

    @Test
    void endsItsThreadWhenItIsClosed() throws Exception {
        TrafficLog log = TrafficLog.open(path, LogFiles.NO_BOUND, Clock.systemUTC(), "closing-test", warning -> {});
        log.close();
        assertThat(Thread.getAllStackTraces().keySet()).extracting(Thread::getName).doesNotContain("log-closing-test");
    }
}
