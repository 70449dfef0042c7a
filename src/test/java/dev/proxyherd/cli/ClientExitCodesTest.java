package dev.proxyherd.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.proxyherd.server.TestHerd;
import dev.proxyherd.tls.TestAuthority;
import dev.proxyherd.tls.TlsFiles;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.SequenceInputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The client commands against a peer that answers by heart. */
@ResourceLock(Resources.SYSTEM_OUT)
@Timeout(value = 60, threadMode = ThreadMode.SEPARATE_THREAD)
class ClientExitCodesTest {
    private static final String AT = "AT A +0.000000000 kiwi +34-118 7\n";

    @TempDir
    private Path folder;

    private ServerSocket server;
    private Path topology;

    @BeforeEach
    void listen() throws IOException {
        server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
        topology = Files.writeString(folder.resolve("city.json"), String.format(
                "{\"servers\": {\"A\": {\"host\": \"%s\", \"port\": %d}}}",
                server.getInetAddress().getHostAddress(), server.getLocalPort()));
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
    }

    /** Accepts one connection, reads so many lines, answers, and closes. */
    private CompletableFuture<List<String>> peer(int lines, String answer) {
        return CompletableFuture.supplyAsync(() -> {
            try (Socket socket = server.accept()) {
                BufferedReader in =
                        new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
                String[] read = new String[lines];
                for (int i = 0; i < lines; i++) {
                    read[i] = in.readLine();
                }
                socket.getOutputStream().write(answer.getBytes(StandardCharsets.UTF_8));
                return Arrays.asList(read);
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        }, task -> Thread.ofVirtual().start(task));
    }

    private String unanswered() {
        return "herd: the server at 127.0.0.1:" + server.getLocalPort() + " did not answer: ";
    }

    private record Printed(CommandRun run, String text) {
    }

    private Printed run(String... words) {
        String[] args = Arrays.copyOf(words, words.length + 2);
        args[words.length] = "--topology";
        args[words.length + 1] = topology.toString();
        PrintStream before = System.out;
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
        try {
            return new Printed(CommandRun.of(args), printed.toString(StandardCharsets.UTF_8));
        } finally {
            System.setOut(before);
        }
    }

    @Test
    void iamatSendsAReportAndPrintsTheAnswer() throws Exception {
        CompletableFuture<List<String>> peer = peer(1, AT);
        Printed printed = run("iamat", "kiwi", "+34-118", "--time", "7");
        assertThat(peer.get()).containsExactly("IAMAT kiwi +34-118 7");
        assertThat(printed.text()).isEqualTo(AT);
        assertThat(printed.run().code()).isZero();
    }

    @Test
    void iamatSendsTheTimeNowWhenNoneIsGiven() throws Exception {
        CompletableFuture<List<String>> peer = peer(1, AT);
        run("iamat", "kiwi", "+34-118");
        assertThat(peer.get().getFirst()).matches("IAMAT kiwi \\+34-118 \\d{10}\\.\\d{9}");
    }

    @Test
    void iamatTakesAPositionSouthOfTheEquator() throws Exception {
        CompletableFuture<List<String>> peer = peer(1, AT);
        assertThat(run("iamat", "kiwi", "-34-118", "--time", "7").run()).isEqualTo(new CommandRun(0, "", ""));
        assertThat(peer.get()).containsExactly("IAMAT kiwi -34-118 7");
    }

    @Test
    void whatsatPrintsTheDocumentToItsEnd() throws Exception {
        CompletableFuture<List<String>> peer = peer(1, AT + "{\n \"results\" : []\n}\n\n");
        Printed printed = run("whatsat", "kiwi", "10", "5");
        assertThat(peer.get()).containsExactly("WHATSAT kiwi 10 5");
        assertThat(printed.text()).isEqualTo(AT + "{\n \"results\" : []\n}\n");
        assertThat(printed.run().code()).isZero();
    }

    @Test
    void anInvalidCommandExitsWithOne() throws Exception {
        CompletableFuture<List<String>> peer = peer(1, "? WHATSAT kiwi 51 5\n");
        Printed printed = run("whatsat", "kiwi", "51", "5");
        assertThat(peer.get()).containsExactly("WHATSAT kiwi 51 5");
        assertThat(printed.text()).isEqualTo("? WHATSAT kiwi 51 5\n");
        assertThat(printed.run().code()).isEqualTo(1);
        assertThat(printed.run().err()).startsWith("herd: the server refused: ").contains("RADIUS").hasLineCount(1);
    }

    @Test
    void sendSendsLinesAsTheyAreAndPrintsAllAnswers() throws Exception {
        CompletableFuture<List<String>> peer = peer(2, AT + "{ \"?\" : 1 }\n\n? b  c\n");
        Printed printed = run("send", " a ", "b  c");
        assertThat(peer.get()).containsExactly(" a ", "b  c");
        assertThat(printed.text()).isEqualTo(AT + "{ \"?\" : 1 }\n\n? b  c\n");
        assertThat(printed.run().code()).isEqualTo(1);
    }

    @Test
    void sendExitsWithZeroWhenNoAnswerStartsWithAQuestionMark() throws Exception {
        CompletableFuture<List<String>> peer = peer(1, AT + "{ \"a\" : \"?\" }\n\n");
        assertThat(run("send", "a").run().code()).isZero();
        peer.get();
    }

    @Nested
    class SendFromStandardInput {
        private final InputStream before = System.in;

        @AfterEach
        void giveItBack() {
            System.setIn(before);
        }

        @Test
        void waitsForItHoweverLongItPauses() throws Exception {
            CompletableFuture<List<String>> peer = peer(1, AT);
            CountDownLatch ended = new CountDownLatch(1);
            System.setIn(new InputStream() {
                private final InputStream late =
                        new ByteArrayInputStream("late\n".getBytes(StandardCharsets.UTF_8));
                private boolean begun;

                @Override
                public int read() {
                    throw new UnsupportedOperationException();
                }

                @Override
                public int read(byte[] to, int offset, int length) throws IOException {
                    assertThat(!begun && isEnded(ended)).as("ended by the pause").isFalse();
                    begun = true;
                    return late.read(to, offset, length);
                }
            });
            Printed printed = run("send", "--timeout", "500ms");
            ended.countDown();
            assertThat(printed.run()).isEqualTo(new CommandRun(0, "", ""));
            assertThat(printed.text()).isEqualTo(AT);
            assertThat(peer.get()).containsExactly("late");
        }

        /** Pauses for some time-outs of the command, unless it ends. */
        private static boolean isEnded(CountDownLatch ended) {
            try {
                return ended.await(2, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }

        @Test
        void saysWhyItCannotBeReadOnceTheRestIsAnswered() throws Exception {
            CompletableFuture<List<String>> peer = peer(2, AT);
            System.setIn(new SequenceInputStream(new ByteArrayInputStream("first\n".getBytes(StandardCharsets.UTF_8)),
                    new InputStream() {
                        @Override
                        public int read() throws IOException {
                            throw new IOException("Is a directory");
                        }

                        @Override
                        public int read(byte[] to, int offset, int length) throws IOException {
                            return read();
                        }
                    }));
            Printed printed = run("send");
            assertThat(printed.run())
                    .isEqualTo(new CommandRun(2, "", "herd: standard input cannot be read: Is a directory\n"));
            assertThat(printed.text()).isEqualTo(AT);
            assertThat(peer.get()).containsExactly("first", null);
        }

        @Test
        void givesUpOnAServerThatIsSilentAfterItsEnd() {
            System.setIn(InputStream.nullInputStream());
            Printed printed = run("send", "--timeout", "50ms");
            assertThat(printed.run().code()).isEqualTo(2);
            assertThat(printed.run().err()).startsWith(unanswered()).hasLineCount(1);
        }
    }

    @Test
    void aServerThatClosesInsteadOfAnsweringExitsWithTwo() throws Exception {
        CompletableFuture<List<String>> peer = peer(1, "AT half");
        Printed printed = run("iamat", "kiwi", "+34-118");
        peer.get();
        assertThat(printed.run().code()).isEqualTo(2);
        assertThat(printed.run().err()).startsWith(unanswered()).hasLineCount(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"iamat kiwi +34-118", "whatsat kiwi 10 5"})
    void whatIsNoHerdServerExitsWithTwo(String command) throws Exception {
        CompletableFuture<List<String>> peer = peer(1, "HTTP/1.1 400 Bad Request\r\n\r\n");
        Printed printed = run(command.split(" "));
        peer.get();
        assertThat(printed.run()).isEqualTo(
                new CommandRun(2, "", unanswered() + "what answers there is not a herd server\n"));
        assertThat(printed.text()).isEmpty();
    }

    @Test
    void anAnswerWithoutEndIsGivenUp() throws Exception {
        CompletableFuture<List<String>> peer = peer(1, "AT " + "x".repeat(9 << 20));
        Printed printed = run("iamat", "kiwi", "+34-118");
        assertThat(printed.run().code()).isEqualTo(2);
        assertThat(printed.run().err()).contains("what answers there is not a herd server");
        server.close();
        peer.handle((lines, brokenPipe) -> lines).join();
    }

    @Test
    void aHostThatIsUnknownIsNotToldToBeStarted() throws IOException {
        Files.writeString(topology, "{\"servers\": {\"A\": {\"host\": \"nobody.invalid\", \"port\": 1}}}");
        assertThat(run("iamat", "kiwi", "+34-118").run().err())
                .isEqualTo("herd: the host of nobody.invalid:1 is unknown here; "
                        + "mend its name in " + topology + ", or name another server with --server\n");
    }

    @Test
    void noServerExitsWithTwoAndSaysHowToStartOne() throws IOException {
        server.close();
        Printed printed = run("iamat", "kiwi", "+34-118");
        assertThat(printed.run().code()).isEqualTo(2);
        assertThat(printed.run().err()).startsWith("herd: no server A at ").contains("start it with: herd --name A")
                .hasLineCount(1);
    }

    @Nested
    class InTls {
        @TempDir
        private Path certificates;

        private TestHerd herd;
        private int port;
        private String authority;

        @BeforeEach
        void start() throws IOException {
            herd = new TestHerd(certificates, "A", "B").link("A", "B");
            port = herd.listenTls("A");
            TestAuthority issuer = new TestAuthority("authority");
            TlsFiles files = issuer.write(certificates.resolve("tls"),
                    issuer.issue("A", new TestAuthority.Wanted().ip("127.0.0.1")));
            herd.tls("A", new TlsFiles(files.certificate(), files.key(), null));
            herd.start("A");
            authority = files.authorities().toString();
        }

        @AfterEach
        void stopHerd() {
            herd.close();
        }

        private String refused(String... options) {
            String[] words = Arrays.copyOf(new String[] {"iamat", "kiwi", "+34-118"}, 3 + options.length);
            System.arraycopy(options, 0, words, 3, options.length);
            Printed printed = run(words);
            assertThat(printed.run().code()).isEqualTo(2);
            assertThat(printed.run().err()).hasLineCount(1).doesNotContain("start it");
            return printed.run().err();
        }

        @Test
        void anAuthorityWithoutTlsIsRefusedAsNothingWouldBeInTls() {
            assertThat(refused("--tls-ca", authority)).isEqualTo("herd: --tls-ca needs --tls\n");
        }

        @Test
        void anAddressWithoutTlsIsToldToGoWithTls() {
            assertThat(refused("--server", "127.0.0.1:" + port))
                    .startsWith("herd: --server HOST:PORT goes with --tls; without it name one of the servers in ");
        }

        @Test
        void aCertificateOfNobodyWhomThisMachineTrustsIsToldInWords() {
            assertThat(refused("--tls", "--server", "127.0.0.1:" + port)).isEqualTo("herd: the server at 127.0.0.1:"
                    + port + ": its certificate is signed by nobody that this machine trusts; "
                    + "--tls-ca FILE names the authorities to trust\n");
        }

        @Test
        void thePortOfNeighboursIsToldToBeTheWrongOne() {
            assertThat(refused("--tls", "--tls-ca", authority, "--server", "127.0.0.1:" + herd.port("A")))
                    .contains("this port serves only neighbours in TLS", "--listen-tls");
        }
    }

    @Test
    void aVeryLongTimeoutIsNoFault() throws Exception {
        CompletableFuture<List<String>> peer = peer(1, AT);
        assertThat(run("iamat", "kiwi", "+34-118", "--timeout", "9999d").run().code()).isZero();
        peer.get();
    }
}
