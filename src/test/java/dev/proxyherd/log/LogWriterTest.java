package dev.proxyherd.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.proxyherd.server.Await;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The thread that writes the traffic log, when something fails that is no disk. */
@Timeout(60)
class LogWriterTest {
    private final Queue<String> warnings = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean broken = new AtomicBoolean(true);

    /** The writer asks it for the time of the line that says how many were lost. */
    private Instant clock() {
        if (Thread.currentThread().getName().startsWith("log-") && broken.get()) {
            throw new IllegalStateException("no clock");
        }
        return Instant.EPOCH;
    }

    @Test
    void goesOnAndLosesNoCount(@TempDir Path dir) throws Exception {
        Pipe pipe = new Pipe(dir.resolve("server-Alford.log"));
        CompletableFuture<InputStream> first = pipe.opening();
        try (TrafficLog log =
                TrafficLog.open(dir.resolve("server-Alford.log"), LogFiles.NO_BOUND, (InstantSource) this::clock,
                        "Alford", warnings::add)) {
            first.get().close();
            log.note("lost");
            Await.until("the writer has met the fault", () -> log.faults().counts().containsKey("log-Alford"));
            assertThat(warnings).singleElement().asString().contains("log-Alford has survived", "no clock");

            CompletableFuture<List<String>> mended = Pipe.reading(pipe.open());
            broken.set(false);
            log.note("after");
            log.close();

            List<String> lines = mended.get();
            assertThat(LogFiles.notLogged(lines)).isPositive();
            assertThat(lines).last().asString().endsWith(" -- after");
        }
    }
}
