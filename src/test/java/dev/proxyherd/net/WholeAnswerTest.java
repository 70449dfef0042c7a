package dev.proxyherd.net;

import static org.assertj.core.api.Assertions.assertThat;

import dev.proxyherd.journal.FsyncPolicy;
import dev.proxyherd.places.PlacesException;
import dev.proxyherd.places.PlacesProvider;
import dev.proxyherd.places.PlacesQuery;
import dev.proxyherd.places.ProviderDocument;
import dev.proxyherd.places.document.DocumentScanner;
import dev.proxyherd.places.setup.DocumentBudget;
import dev.proxyherd.server.Await;
import dev.proxyherd.server.StubPlaces;
import dev.proxyherd.server.TestClock;
import dev.proxyherd.server.TestHerd;
import dev.proxyherd.server.TestSettings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A WHATSAT answer leaves in one piece: deployed clients read once and take what they got for all of it. */
class WholeAnswerTest {
    private static final String OVER = "\"status\" : \"OVER_QUERY_LIMIT\"";

    @TempDir
    private Path dir;

    private final CountDownLatch asked = new CountDownLatch(1);
    private final CountDownLatch go = new CountDownLatch(1);
    private DocumentBudget budget = DocumentBudget.ofHeap();
    private TestHerd herd;

    @AfterEach
    void stop() {
        go.countDown();
        herd.close();
    }

    private void serve(PlacesProvider places, FsyncPolicy fsync, ClientLimits limits) throws IOException {
        herd = new TestHerd(dir, "Alford").clock("Alford", new TestClock("1400794646"))
                .places(places).budget(budget).journal(fsync).limits(limits).startAll();
    }

    private void serve(StubPlaces places) throws IOException {
        serve(places, null, TestSettings.LIMITS);
    }

    /** A document of exactly so many bytes. */
    private static String document(int bytes) {
        String head = "{\"status\" : \"OK\", \"results\" : [{\"name\" : \"";
        String tail = "\"}]}";
        return head + "x".repeat(bytes - head.length() - tail.length()) + tail;
    }

    private static int documentOfAnswer(int bytes) {
        return bytes - SingleServer.AT.length() - 2;
    }

    /** A provider that lets the test know that it was asked, and answers when the test says so. */
    private StubPlaces slow(String document) {
        return new StubPlaces(query -> {
            asked.countDown();
            try {
                go.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return document.getBytes(StandardCharsets.UTF_8);
        });
    }

    /** A provider that never blocks, so that its answers are gathered. */
    private static PlacesProvider atHand(String document) {
        return new PlacesProvider() {
            @Override
            public ProviderDocument nearby(PlacesQuery query) throws PlacesException {
                return DocumentScanner.scan(document.getBytes(StandardCharsets.UTF_8));
            }

            @Override
            public boolean mayBlock() {
                return false;
            }

            @Override
            public void close() {
                // It holds nothing.
            }
        };
    }

    private Socket connect(int receiveBytes) throws IOException {
        Socket socket = new Socket();
        if (receiveBytes > 0) {
            socket.setReceiveBufferSize(receiveBytes);
        }
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), herd.port("Alford")));
        socket.setSoTimeout((int) Await.LIMIT.toMillis());
        return socket;
    }

    private static void send(Socket socket, String commands) throws IOException {
        socket.getOutputStream().write(commands.getBytes(StandardCharsets.ISO_8859_1));
    }

    private static String readOnce(Socket socket) throws IOException {
        byte[] buffer = new byte[1 << 18];
        int count = socket.getInputStream().read(buffer);
        return new String(buffer, 0, Math.max(count, 0), StandardCharsets.ISO_8859_1);
    }

    private static String readAll(Socket socket, int bytes) throws IOException {
        return new String(socket.getInputStream().readNBytes(bytes), StandardCharsets.ISO_8859_1);
    }

    private static void tellKiwi(Socket socket) throws IOException {
        send(socket, SingleServer.IAMAT);
        assertThat(readOnce(socket)).isEqualTo(SingleServer.AT);
    }

    @Nested
    class FromASlowProvider {
        @Test
        void holdsTheAtLineBackUntilTheDocumentIsKnown() throws Exception {
            serve(slow(document(5_000)));
            try (Socket client = connect(0)) {
                tellKiwi(client);
                send(client, "WHATSAT kiwi 1 1\n");
                asked.await();
                assertThat(client.getInputStream().available()).isZero();
                go.countDown();
                assertThat(readOnce(client)).isEqualTo(SingleServer.AT + document(5_000) + "\n\n");
            }
        }

        @Test
        void letsTheAnswersToEarlierCommandsGoFirst() throws Exception {
            serve(slow(document(5_000)));
            try (Socket client = connect(0)) {
                send(client, SingleServer.IAMAT + "what\nWHATSAT kiwi 1 1\nlater\n");
                asked.await();
                assertThat(readOnce(client)).isEqualTo(SingleServer.AT + "? what\n");
                go.countDown();
                assertThat(readOnce(client)).startsWith(SingleServer.AT + document(5_000) + "\n\n");
            }
        }

        @Test
        void sendsEarlierAnswersToReportsOnlyWhenTheyAreSafe() throws Exception {
            serve(slow(document(40_000)), FsyncPolicy.ALWAYS, TestSettings.LIMITS);
            try (Socket client = connect(0)) {
                send(client, SingleServer.IAMAT + "WHATSAT kiwi 1 1\nIAMAT apple +1-1 1400794645\n");
                asked.await();
                assertThat(dir.resolve("server-Alford.journal")).content().contains("kiwi");
                assertThat(readOnce(client)).isEqualTo(SingleServer.AT);
                go.countDown();
                assertThat(readAll(client, SingleServer.AT.length() + 40_002)).endsWith("\"}]}\n\n");
                assertThat(readOnce(client)).startsWith("AT Alford +1.000000000 apple");
                assertThat(dir.resolve("server-Alford.journal")).content().contains("apple");
            }
        }
    }

    @Nested
    class ThatIsLarge {
        /** What is in the system's hands before the client has read anything was not written bit by bit. */
        private void leavesAtOnce(int bytes) throws IOException {
            serve(StubPlaces.giving(document(documentOfAnswer(bytes))));
            try (Socket client = connect(4096)) {
                tellKiwi(client);
                send(client, "WHATSAT kiwi 1 1\n");
                herd.awaitLog("Alford", "OK 1 results");
                Await.until("the system has taken " + bytes + " bytes", () -> budget.usedBytes() == 0);
                assertThat(readAll(client, bytes))
                        .isEqualTo(SingleServer.AT + document(documentOfAnswer(bytes)) + "\n\n");
            }
        }

        @Test
        void leavesAtOnceWith34Kilobytes() throws IOException {
            leavesAtOnce(34_000);
        }

        @Test
        void leavesAtOnceWith120Kilobytes() throws IOException {
            leavesAtOnce(120_000);
        }

        @Test
        void leavesAtOnceWith128Kibibytes() throws IOException {
            leavesAtOnce(128 * 1024);
        }

        @Test
        void isWholeWithMegabytes() throws IOException {
            serve(StubPlaces.giving(document(3_000_000)));
            try (Socket client = connect(0)) {
                tellKiwi(client);
                send(client, "WHATSAT kiwi 1 1\nWHATSAT kiwi 1 0\n");
                assertThat(readAll(client, SingleServer.AT.length() + 3_000_002))
                        .isEqualTo(SingleServer.AT + document(3_000_000) + "\n\n");
                assertThat(readOnce(client)).isEqualTo(SingleServer.AT + "{\"status\" : \"OK\", \"results\" : []}\n\n");
            }
        }

        /** Left unread for twice as long as a small answer may be; what follows waits for it too. */
        @ParameterizedTest
        @ValueSource(strings = {"WHATSAT kiwi 1 1\n", "last\n"})
        void isWaitedForInProportion(String third) throws Exception {
            Duration unread = Duration.ofSeconds(1);
            String large = SingleServer.AT + document(documentOfAnswer(128 * 1024)) + "\n\n";
            serve(StubPlaces.giving(document(documentOfAnswer(128 * 1024))), null,
                    TestSettings.limits(100, 8192, Duration.ofMinutes(1), unread));
            try (Socket client = connect(4096)) {
                tellKiwi(client);
                send(client, "WHATSAT kiwi 1 1\nWHATSAT kiwi 1 1\n" + third);
                client.shutdownOutput();
                long start = System.nanoTime();
                Await.until("two seconds have passed", () -> System.nanoTime() - start > 2 * unread.toNanos());
                assertThat(client.getInputStream().readAllBytes())
                        .asString().isEqualTo(large + large + (third.equals("last\n") ? "? last\n" : large));
            }
        }
    }

    @Nested
    class WhenClientsLeaveManyUnread {
        private static final int DOCUMENT = 500_000;

        /** Takes all there is for documents, and reads nothing. */
        private Socket unreadingClient() throws IOException {
            Socket client = connect(4096);
            tellKiwi(client);
            send(client, "WHATSAT kiwi 1 1\n");
            Await.until("an answer waits for its client", () -> budget.usedBytes() > 0);
            return client;
        }

        private String ask(Socket client) throws IOException {
            send(client, "WHATSAT kiwi 1 1\n");
            String answer = readOnce(client);
            assertThat(answer).startsWith(SingleServer.AT);
            return answer;
        }

        @Test
        void isRefusedUntilTheyAreTaken() throws IOException {
            budget = new DocumentBudget(2 * DOCUMENT);
            serve(StubPlaces.giving(document(DOCUMENT)));
            try (Socket unreading = unreadingClient(); Socket other = connect(0)) {
                assertThat(ask(other)).contains(OVER).contains("\"error_message\" : \"Answers that other clients")
                        .contains("\"results\" : []").endsWith("\n}\n\n");
                readAll(unreading, SingleServer.AT.length() + DOCUMENT + 2);
                Await.until("all is taken", () -> budget.usedBytes() == 0);
                send(other, "WHATSAT kiwi 1 1\n");
                assertThat(readAll(other, SingleServer.AT.length() + DOCUMENT + 2))
                        .isEqualTo(SingleServer.AT + document(DOCUMENT) + "\n\n");
            }
        }

        @Test
        void isRefusedUntilTheirConnectionsEnd() throws IOException {
            budget = new DocumentBudget(2 * DOCUMENT);
            serve(StubPlaces.giving(document(DOCUMENT)));
            try (Socket unreading = unreadingClient(); Socket other = connect(0)) {
                assertThat(ask(other)).contains(OVER);
                unreading.setSoLinger(true, 0);
                unreading.close();
                Await.until("nobody waits for it any more", () -> budget.usedBytes() == 0);
                send(other, "WHATSAT kiwi 1 1\n");
                assertThat(readAll(other, SingleServer.AT.length() + DOCUMENT + 2)).endsWith("\"}]}\n\n");
            }
        }

        @Test
        void countsAllThatIsGatheredForThem() throws Exception {
            serve(atHand(document(1_000)), null, TestSettings.LIMITS);
            try (Socket unreading = connect(4096)) {
                tellKiwi(unreading);
                Thread sender = Thread.ofVirtual().start(() -> sendForEver(unreading));
                Await.until("several answers wait", () -> budget.usedBytes() > 5_000);
                unreading.setSoLinger(true, 0);
                unreading.close();
                Await.end(sender);
                Await.until("nobody waits for them any more", () -> budget.usedBytes() == 0);
            }
        }

        private void sendForEver(Socket client) {
            try {
                while (true) {
                    send(client, "WHATSAT kiwi 1 1\n".repeat(100));
                }
            } catch (IOException closed) {
                return;
            }
        }

        @Test
        void holdsNothingAfterAnswersThatWereRead() throws IOException {
            serve(StubPlaces.giving(document(10_000)));
            try (Socket client = connect(0)) {
                tellKiwi(client);
                send(client, "WHATSAT kiwi 1 1\nWHATSAT kiwi 1 0\nWHATSAT kiwi 1 1\nWHATSAT nobody 1 1\n");
                client.shutdownOutput();
                client.getInputStream().readAllBytes();
                Await.until("all is given back", () -> budget.usedBytes() == 0);
            }
        }

        @Test
        void countsADocumentThatTheProviderSpoilt() throws IOException {
            serve(StubPlaces.giving("no JSON"));
            try (Socket client = connect(0)) {
                tellKiwi(client);
                assertThat(ask(client)).contains("UNKNOWN_ERROR");
                Await.until("all is given back", () -> budget.usedBytes() == 0);
            }
        }
    }
}
