package dev.proxyherd.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.parallel.ExecutionMode.CONCURRENT;

import dev.proxyherd.server.Await;
import dev.proxyherd.server.RawClient;
import dev.proxyherd.server.StubPlaces;
import dev.proxyherd.server.TestSettings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;

/** Clients that neither send nor read cost no more than their connection, and that only for a time. */
class SlowClientTest {
    private static final Duration LONG = Duration.ofMinutes(1);

    @TempDir
    private Path dir;

    private volatile int port;

    private SingleServer server(Duration idle, Duration unread) throws IOException {
        return new SingleServer(dir, TestSettings.limits(100, 8192, idle, unread),
                StubPlaces.giving(StubPlaces.document(20)));
    }

    @Test
    @Execution(CONCURRENT)
    void aClientThatSendsNothingForTooLongIsClosed() throws IOException {
        try (SingleServer server = server(Duration.ofSeconds(1), LONG); RawClient idle = server.connect()) {
            assertThat(idle.ask("x")).isEqualTo("? x");

            Await.until("the idle client is closed", idle::isClosedByServer);
            server.herd().awaitLog("Alford", "disconnected: idle for 1 s");
        }
    }

    @Test
    @Execution(CONCURRENT)
    void aClientThatSendsNowAndThenIsNotIdle() throws IOException {
        try (SingleServer server = server(Duration.ofSeconds(1), LONG);
                RawClient slow = server.connect();
                RawClient idle = server.connect()) {
            Await.until("a client that says nothing is closed", () -> {
                slow.send("a");
                return idle.isClosedByServer();
            });
            assertThat(slow.finish()).matches("\\? a+\n");
        }
    }

    @Test
    @Execution(CONCURRENT)
    void aClientThatWaitsForASlowLookupIsNotIdle() throws IOException {
        StubPlaces places = new StubPlaces(query -> {
            try (RawClient idle = new RawClient(port)) {
                Await.until("a client that says nothing is closed", idle::isClosedByServer);
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
            return StubPlaces.document(0).getBytes(StandardCharsets.UTF_8);
        });
        ClientLimits limits = TestSettings.limits(100, 8192, Duration.ofSeconds(1), LONG);
        try (SingleServer server = new SingleServer(dir, limits, places)) {
            port = server.herd().port("Alford");
            assertThat(server.answersTo(SingleServer.IAMAT + "WHATSAT kiwi 1 1\n"))
                    .endsWith(StubPlaces.document(0) + "\n\n");
        }
    }

    @Test
    @Execution(CONCURRENT)
    void aClientThatNeverReadsIsClosedWhileOthersNoticeNothing() throws IOException {
        try (SingleServer server = server(LONG, Duration.ofSeconds(1));
                RawClient deaf = new RawClient(server.herd().port("Alford"), 4096);
                RawClient other = server.connect()) {
            deaf.send(SingleServer.IAMAT);
            Thread sender = Thread.ofVirtual().start(() -> sendForEver(deaf, "WHATSAT kiwi 1 20\n".repeat(100)));

            Await.until("the deaf client is closed", () -> {
                assertThat(other.askForPlaces("WHATSAT kiwi 1 20"))
                        .isEqualTo(SingleServer.AT + StubPlaces.document(20) + "\n\n");
                return !sender.isAlive();
            });
            server.herd().awaitLog("Alford", "disconnected: left an answer unread for 1 s");
        }
    }

    /** Ends when the server has closed the connection. */
    private static void sendForEver(RawClient client, String questions) {
        try {
            while (true) {
                client.send(questions);
            }
        } catch (IOException closed) {
            return;
        }
    }

    /**
     * A kilobyte every four milliseconds, by the clock, however seldom a busy machine lets it read: what the system would
     * hold by itself takes this client longer than the limit, and what the server lets it hold a small part of that.
     */
    @Test
    @Execution(CONCURRENT)
    void aClientThatGoesOnReadingSlowlyIsNotDeaf() throws Exception {
        try (SingleServer server = server(LONG, Duration.ofSeconds(2));
                RawClient slow = new RawClient(server.herd().port("Alford"), 4096)) {
            String line = "x".repeat(1000);
            Thread.ofVirtual().start(() -> sendForEver(slow, (line + '\n').repeat(100)));

            AtomicInteger read = new AtomicInteger();
            long start = System.nanoTime();
            Await.until("2000 answers are read", () -> {
                long due = (System.nanoTime() - start) / Duration.ofMillis(4).toNanos();
                while (read.get() < Math.min(due, 2000)) {
                    assertThat(slow.readLine()).isEqualTo("? " + line);
                    read.incrementAndGet();
                }
                return read.get() == 2000;
            });
        }
    }

    @Test
    @Execution(CONCURRENT)
    void aClientThatReadsSlowlyGetsEveryAnswer() throws Exception {
        try (SingleServer server = server(LONG, LONG);
                RawClient slow = new RawClient(server.herd().port("Alford"), 4096)) {
            slow.send(SingleServer.IAMAT + "WHATSAT kiwi 1 20\n".repeat(2000));
            try (RawClient other = server.connect()) {
                assertThat(other.ask("x")).isEqualTo("? x");
            }

            String answer = SingleServer.AT + StubPlaces.document(20) + "\n\n";
            assertThat(slow.finish()).isEqualTo(SingleServer.AT + answer.repeat(2000));
        }
    }
}
