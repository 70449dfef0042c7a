package dev.proxyherd.journal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.proxyherd.server.Await;
import dev.proxyherd.server.RawClient;
import dev.proxyherd.server.TestHerd;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is in the journal at the moment at which a client has read its answer. */
class FsyncTest {
    @TempDir
    private Path dir;

    /** What a server would know again that lost all but its files at this moment: nothing, if it has no journal yet. */
    private Map<String, String> crashNow(String copy) throws IOException {
        Path journal = dir.resolve("server-Alford.journal");
        if (!Files.exists(journal)) {
            return Map.of();
        }
        Path crashed = dir.resolve("crashed-" + copy);
        Files.copy(journal, crashed, StandardCopyOption.REPLACE_EXISTING);
        return KeptStore.replayed(crashed);
    }

    @Nested
    class Always {
        @Test
        void holdsEveryReportThatWasAnswered() throws IOException {
            try (TestHerd herd = new TestHerd(dir, "Alford").journal(FsyncPolicy.ALWAYS).startAll();
                    RawClient client = herd.connect("Alford")) {
                for (int i = 0; i < 50; i++) {
                    String answer = client.ask("IAMAT kiwi +34-118 " + i);
                    assertThat(crashNow("one")).containsEntry("kiwi", answer);
                }
            }
        }

        @Test
        void holdsAllReportsWhoseAnswersCameTogether() throws IOException {
            try (TestHerd herd = new TestHerd(dir, "Alford").journal(FsyncPolicy.ALWAYS).startAll();
                    RawClient client = herd.connect("Alford")) {
                StringBuilder commands = new StringBuilder();
                for (int i = 0; i < 1000; i++) {
                    commands.append("IAMAT c").append(i).append(" +34-118 7\n");
                }
                client.send(commands.toString());
                for (int i = 0; i < 1000; i++) {
                    String answer = client.readLine();
                    if (i % 50 == 0 || i == 999) {
                        assertThat(crashNow("many")).containsEntry("c" + i, answer);
                    }
                }
            }
        }

        /** The second of two equal reports does not win; its answer says as much as the first one's. */
        @Test
        void holdsTheOriginalWhenARetransmissionIsAnswered() throws Exception {
            try (TestHerd herd = new TestHerd(dir, "Alford").journal(FsyncPolicy.ALWAYS).startAll();
                    ExecutorService clients = Executors.newFixedThreadPool(4)) {
                for (int i = 0; i < 40; i++) {
                    String report = "IAMAT c" + i + " +34-118 7";
                    String client = "c" + i;
                    List<Future<Map<String, String>>> crashes = new ArrayList<>();
                    for (int j = 0; j < 4; j++) {
                        String copy = "copy-" + j;
                        crashes.add(clients.submit(() -> {
                            try (RawClient connection = herd.connect("Alford")) {
                                connection.ask(report);
                                return crashNow(copy);
                            }
                        }));
                    }
                    for (Future<Map<String, String>> crash : crashes) {
                        assertThat(crash.get()).containsKey(client);
                    }
                }
            }
        }

        @Test
        void holdsWhatIsThereWhenALosingReportIsAnswered() throws IOException {
            try (TestHerd herd = new TestHerd(dir, "Alford").journal(FsyncPolicy.ALWAYS).startAll();
                    RawClient client = herd.connect("Alford")) {
                String newest = client.ask("IAMAT kiwi +34-118 9");
                assertThat(client.ask("IAMAT kiwi +35-118 8")).startsWith("AT Alford ");
                assertThat(crashNow("one")).containsEntry("kiwi", newest);
            }
        }
    }

    @Nested
    class Everysec {
        @Test
        void holdsAReportSoonAfterItsAnswer() throws IOException {
            try (TestHerd herd = new TestHerd(dir, "Alford").journal(FsyncPolicy.EVERYSEC).startAll();
                    RawClient client = herd.connect("Alford")) {
                for (int i = 0; i < 3; i++) {
                    String answer = client.ask("IAMAT kiwi +34-118 " + i);
                    Duration took = Await.until("the journal holds " + answer, Await.LIMIT,
                            () -> answer.equals(crashNow("one").get("kiwi")));
                    System.out.println("a report was in the journal " + took.toMillis() + " ms after its answer");
                }
            }
        }

        @Test
        void holdsAllWhenTheServerHasStopped() throws IOException {
            try (TestHerd herd = new TestHerd(dir, "Alford").journal(FsyncPolicy.EVERYSEC).startAll()) {
                Map<String, String> known;
                try (RawClient client = herd.connect("Alford")) {
                    for (int i = 0; i < 500; i++) {
                        client.ask("IAMAT c" + i + " +34-118 7");
                    }
                    known = herd.stored("Alford");
                }
                herd.stop("Alford");
                assertThat(crashNow("one")).isEqualTo(known).hasSize(500);
            }
        }
    }
}
