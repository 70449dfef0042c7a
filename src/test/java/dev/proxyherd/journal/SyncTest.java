package dev.proxyherd.journal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.proxyherd.server.RawClient;
import dev.proxyherd.server.TestHerd;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import jdk.jfr.consumer.RecordingStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** When the operating system is told to bring the journal to the disk, as Java's flight recorder sees it. */
class SyncTest {
    private static final int REPORTS = 5;
    private static final int CLIENTS = 25_000;

    @TempDir
    private Path dir;

    private final RecordingStream recording = new RecordingStream();
    private final Queue<String> synced = new ConcurrentLinkedQueue<>();

    @BeforeEach
    void record() {
        recording.enable("jdk.FileForce").withoutThreshold().withoutStackTrace();
        recording.onEvent("jdk.FileForce", event -> synced.add(event.getString("path")));
        recording.startAsync();
    }

    @AfterEach
    void end() {
        recording.close();
    }

    /** The files that were synced from the start of a server to its end. */
    private List<String> synced(FsyncPolicy policy) throws IOException {
        try (TestHerd herd = new TestHerd(dir, "Alford").journal(policy).startAll();
                RawClient client = herd.connect("Alford")) {
            for (int i = 0; i < REPORTS; i++) {
                client.ask("IAMAT kiwi +34-118 " + i);
            }
        }
        recording.stop();
        return synced.stream().filter(path -> path.endsWith("server-Alford.journal")).toList();
    }

    @Test
    void comesBeforeEveryAnswerIfEveryAnswerIsToBeSafe() throws Exception {
        assertThat(synced(FsyncPolicy.ALWAYS)).hasSizeGreaterThanOrEqualTo(REPORTS);
    }

    @Test
    void comesNowAndThenByDefault() throws Exception {
        assertThat(synced(FsyncPolicy.EVERYSEC)).isNotEmpty();
    }

    @Test
    void comesBeforeAFileThatIsWrittenAnewTakesTheOldOnesPlace() {
        try (KeptStore kept = KeptStore.open(dir.resolve("journal"))) {
            for (int time = 0; time < 3; time++) {
                for (int i = 0; i < CLIENTS; i++) {
                    kept.take(KeptStore.at("c" + i, time));
                }
                kept.round();
            }
            assertThat(kept.writer.isRewriting()).as("most is outdated").isTrue();
            while (kept.writer.isRewriting()) {
                kept.round();
            }
        }
        recording.stop();
        assertThat(synced).anyMatch(path -> path.endsWith("journal.new"));
    }

    @Test
    void neverComesIfNobodyWantsIt() throws Exception {
        assertThat(synced(FsyncPolicy.NO)).isEmpty();
    }
}
