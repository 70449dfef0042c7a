package dev.proxyherd.net;

import static org.assertj.core.api.Assertions.assertThat;

import dev.proxyherd.server.RawClient;
import dev.proxyherd.server.StubPlaces;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A client may send the next command before it has read the last answer. */
class PipeliningTest {
    private static final int COMMANDS = 5000;

    @TempDir
    private Path dir;

    @Test
    void thousandsOfCommandsInOneWriteAreAnsweredInOrder() throws Exception {
        StringBuilder commands = new StringBuilder();
        StringBuilder answers = new StringBuilder();
        for (int i = 0; i < COMMANDS; i++) {
            switch (i % 3) {
                case 0 -> {
                    commands.append("IAMAT c" + i + " +1-1 1400794645\n");
                    answers.append("AT Alford +1.000000000 c" + i + " +1-1 1400794645\n");
                }
                case 1 -> {
                    commands.append("WHATSAT c" + (i - 1) + " 1 20\n");
                    answers.append("AT Alford +1.000000000 c" + (i - 1) + " +1-1 1400794645\n")
                            .append(StubPlaces.document(20)).append("\n\n");
                }
                default -> {
                    commands.append("what " + i + "\n");
                    answers.append("? what " + i + "\n");
                }
            }
        }
        try (SingleServer server = new SingleServer(dir, StubPlaces.giving(StubPlaces.document(20)));
                RawClient client = server.connect()) {
            Thread sender = Thread.ofVirtual().start(() -> send(client, commands.toString()));
            for (String line : answers.toString().lines().toList()) {
                assertThat(client.readLine()).isEqualTo(line);
            }
            sender.join();
            assertThat(client.finish()).isEmpty();
        }
    }

    private static void send(RawClient client, String text) {
        try {
            client.send(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void answersBeforeASlowLookupComeAtOnceAndThoseAfterItInOrder() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch slow = new CountDownLatch(1);
        StubPlaces places = new StubPlaces(query -> {
            asked.countDown();
            await(slow);
            return StubPlaces.document(0).getBytes(StandardCharsets.UTF_8);
        });
        try (SingleServer server = new SingleServer(dir, places); RawClient client = server.connect()) {
            client.send(SingleServer.IAMAT + "WHATSAT kiwi 1 1\nIAMAT apple +1-1 1400794645\nnext\n");

            assertThat(client.readLine() + '\n').isEqualTo(SingleServer.AT);
            await(asked);
            assertThat(server.herd().stored("Alford")).as("commands behind the slow one wait")
                    .doesNotContainKey("apple");
            slow.countDown();
            assertThat(client.finish()).isEqualTo(SingleServer.AT + StubPlaces.document(0) + "\n\n"
                    + "AT Alford +1.000000000 apple +1-1 1400794645\n? next\n");
        }
    }

    @Test
    void aSlowLookupOfOneClientDelaysNobodyElse() throws Exception {
        CountDownLatch asked = new CountDownLatch(200);
        CountDownLatch slow = new CountDownLatch(1);
        StubPlaces places = new StubPlaces(query -> {
            if (query.radiusMetres() > 0) {
                asked.countDown();
                await(slow);
            }
            return StubPlaces.document(0).getBytes(StandardCharsets.UTF_8);
        });
        try (SingleServer server = new SingleServer(dir, places); RawClient quick = server.connect()) {
            RawClient[] slowOnes = new RawClient[200];
            quick.ask("IAMAT kiwi +34-118 1400794645");
            for (int i = 0; i < slowOnes.length; i++) {
                slowOnes[i] = server.connect();
                slowOnes[i].send("WHATSAT kiwi 1 1\n");
            }
            await(asked);
            assertThat(quick.askForPlaces("WHATSAT kiwi 0 1"))
                    .isEqualTo(SingleServer.AT + StubPlaces.document(0) + "\n\n");
            slow.countDown();
            for (RawClient waiting : slowOnes) {
                assertThat(waiting.finish()).isEqualTo(SingleServer.AT + StubPlaces.document(0) + "\n\n");
                waiting.close();
            }
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
