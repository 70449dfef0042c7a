package dev.proxyherd.mqtt;

import static dev.proxyherd.mqtt.MqttHerd.awaitConnected;
import static dev.proxyherd.mqtt.MqttHerd.awaitReason;
import static dev.proxyherd.mqtt.MqttHerd.awaitStored;
import static dev.proxyherd.mqtt.MqttHerd.location;
import static dev.proxyherd.mqtt.MqttHerd.status;
import static org.assertj.core.api.Assertions.assertThat;

import dev.proxyherd.mqtt.broker.BrokerAddress;
import dev.proxyherd.server.Await;
import dev.proxyherd.server.FreePorts;
import dev.proxyherd.server.RawClient;
import dev.proxyherd.server.SystemCommand;
import dev.proxyherd.server.TestHerd;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Brokers that are away, refuse, or are none. */
@Timeout(120)
class MqttFaultsTest {
    private static final long TIME = 1_400_794_645L;

    @TempDir
    private Path dir;

    @AutoClose
    private TestHerd herd;

    @BeforeEach
    void start() throws IOException {
        herd = new TestHerd(dir.resolve("state"), "Alford", "Parker").link("Alford", "Parker").startAll();
    }

    private void open(MqttSettings settings) throws IOException {
        herd.server("Alford").openMqtt(settings);
    }

    private void report(String client, long time) throws IOException {
        try (RawClient alford = herd.connect("Alford")) {
            assertThat(alford.ask("IAMAT " + client + " +1+2 " + time)).startsWith("AT Alford ");
        }
    }

    @Nested
    class ABroker {
        @AutoClose
        private Mosquitto broker;

        @BeforeEach
        void open() throws IOException {
            broker = Mosquitto.open(dir);
            MqttHerd.open(herd, "Alford", broker.address());
        }

        private void assertWorks(String client) throws IOException, InterruptedException {
            awaitConnected(herd, "Alford");
            broker.publish("owntracks/" + client + "/phone", location("1", "2", TIME));
            awaitStored(herd, "Parker", client + "/phone", " +1+2 1400794645");
            report(client, TIME);
            broker.subscribe("herd/+").await("herd/" + client + " {");
        }

        @Test
        void thatIsStartedAnewIsFoundAgainAndToldWhatItMissed() throws Exception {
            assertWorks("first");
            broker.stop();
            Await.until("it is missed", () -> !status(herd, "Alford").connected());
            for (int i = 0; i < 100; i++) {
                report("kiwi", TIME + i);
            }
            report("ann/phone", TIME);
            assertThat(status(herd, "Alford").queued()).as("one for each client").isEqualTo(2);
            broker.start();

            Mosquitto.Subscription all = broker.subscribe("herd/#");
            all.await("herd/kiwi {\"_type\":\"location\",\"lat\":1,\"lon\":2,\"tst\":1400794744,");
            all.await("herd/ann/phone {");
            assertThat(all.text()).containsOnlyOnce("herd/kiwi {");
            assertWorks("second");
            List<String> told = List.copyOf(herd.warnings("Alford"));
            assertThat(told).as("each reason told once, and the end of it").hasSizeGreaterThan(1)
                    .doesNotHaveDuplicates();
            assertThat(told.subList(0, told.size() - 1))
                    .allMatch(warning -> warning.startsWith("MQTT: no connection with " + broker.address() + ": "));
            assertThat(told.getLast()).startsWith("MQTT: connected with " + broker.address() + " again");
        }

        @Test
        void thatIsKilledIsFoundAgain() throws Exception {
            for (String client : new String[] {"first", "second", "third"}) {
                assertWorks(client);
                broker.kill();
                Await.until("it is missed", () -> !status(herd, "Alford").connected());
                broker.start();
            }
            assertWorks("last");
        }

        /** What is on its way when the broker dies is published again. */
        @Test
        void thatIsKilledUnderLoadHasTheNewestOfAllInTheEnd() throws Exception {
            int clients = 100;
            Thread load = Thread.ofVirtual().start(() -> {
                for (int round = 0; round < 10; round++) {
                    reportAll(clients, TIME + round);
                }
            });
            broker.kill();
            broker.start();
            Await.end(load);
            awaitConnected(herd, "Alford");
            Await.until("all is published", () -> status(herd, "Alford").queued() == 0);
            Mosquitto.Subscription all = broker.subscribe("herd/+");
            Await.until("all is there", () -> all.text().lines().filter(line -> line.contains(",\"tst\":" + (TIME + 9)))
                    .count() == clients);
        }

        private void reportAll(int clients, long time) {
            try (RawClient alford = herd.connect("Alford")) {
                for (int i = 0; i < clients; i++) {
                    alford.send("IAMAT c" + i + " +1+2 " + time + '\n');
                }
                for (int i = 0; i < clients; i++) {
                    alford.readLine();
                }
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        }

        @Test
        void thatIsAwayHoldsUpNoStop() throws Exception {
            broker.kill();
            report("kiwi", TIME);
            long begun = System.nanoTime();
            herd.stop("Alford");
            assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(10));
        }

        @Test
        void isToldAllThatWaitsBeforeAServerStops() throws Exception {
            Mosquitto.Subscription all = broker.subscribe("herd/#");
            for (int i = 0; i < 500; i++) {
                report("last" + i, TIME);
            }
            herd.stop("Alford");
            for (int i = 0; i < 500; i++) {
                all.await("herd/last" + i + " {");
            }
            all.await("herd/$servers/Alford offline");
        }

        @Test
        void toWhichTwoServersOfOneNameGoIsFoughtOverInWords() throws Exception {
            try (TestHerd namesake = new TestHerd(dir.resolve("copy"), "Alford")) {
                namesake.startAll();
                namesake.server("Alford").openMqtt(MqttHerd.settings(broker.address()));
                herd.awaitWarning("Alford", "that goes on and on: another server that runs with this one's name and "
                        + "secret would have its client ID, herd-Alford-");
            }
            assertWorks("after");
        }
    }

    @Test
    void aBrokerThatComesLaterIsFound() throws Exception {
        try (Mosquitto broker = new Mosquitto(dir, "allow_anonymous true")) {
            open(MqttHerd.settings(broker.address()));
            awaitReason(herd, "Alford", "Connection refused");
            report("kiwi", TIME);
            broker.start();
            awaitConnected(herd, "Alford");
            broker.subscribe("herd/+").await("herd/kiwi {");
        }
    }

    @Test
    void aWrongPasswordIsToldAndARightOneTakenWhenItIsThere() throws Exception {
        Path passwords = dir.resolve("passwords");
        SystemCommand.run("mosquitto_passwd", "-b", "-c", passwords.toString(), "herd", "right");
        Path own = Files.writeString(dir.resolve("own"), "wrong\n");
        try (Mosquitto broker = new Mosquitto(dir, "allow_anonymous false", "password_file " + passwords).start()) {
            open(MqttHerd.settings(broker.address(), new MqttLogin("herd", own, null), null));
            awaitReason(herd, "Alford", "the broker refuses user or password (--mqtt-user, and --mqtt-password-file or "
                    + "HERD_MQTT_PASSWORD)");
            Files.writeString(own, "right\n");
            awaitConnected(herd, "Alford");
            Files.delete(own);
            broker.stop();
            awaitReason(herd, "Alford", own + ": no such file or folder");
        }
    }

    @Test
    void aUserThatMayNotWriteIsToldByTheBrokersAnswer() throws Exception {
        Path acl = Files.writeString(dir.resolve("acl"), "topic read owntracks/+/+\n");
        try (Mosquitto broker = new Mosquitto(dir, "allow_anonymous true", "acl_file " + acl).start()) {
            MqttHerd.open(herd, "Alford", broker.address());
            report("kiwi", TIME);
            herd.awaitWarning("Alford",
                    "what is known of a client was not published below herd: the broker refuses the "
                            + "message: not authorized");
            Await.until("it is counted", () -> status(herd, "Alford").dropped() == 1);
            assertThat(status(herd, "Alford").queued()).isZero();
        }
    }

    @Test
    void aBrokerOfLowerQualityOfServiceIsUsedAndToldOf() throws Exception {
        try (Mosquitto broker = new Mosquitto(dir, "allow_anonymous true", "max_qos 0").start()) {
            MqttHerd.open(herd, "Alford", broker.address());
            herd.awaitWarning("Alford", "the broker grants quality of service 0 only");
            report("kiwi", TIME);
            broker.subscribe("herd/+", "-q", "0").await("herd/kiwi {");
            broker.publish("owntracks/ann/phone", location("1", "2", TIME), "-q", "0");
            awaitStored(herd, "Parker", "ann/phone", " +1+2 1400794645");
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            20 02 00 01                                     | does not speak MQTT 5
            20 03 00 84 00                                  | does not speak MQTT 5
            48 54 54 50 2F 31 2E 31 20 34 30 30 0D 0A 0D 0A | closed the connection without a word
            20 03 00 97 00                                  | the broker refuses: quota exceeded
            ''                                              | closed the connection without a word
            """)
    void whateverElseAnswersIsToldInWords(String hex, String words) throws Exception {
        try (ServerSocket listener = new ServerSocket(FreePorts.next(), 50, InetAddress.getLoopbackAddress())) {
            Thread.ofVirtual().start(() -> answerAll(listener, hex));
            open(MqttHerd.settings(new BrokerAddress("127.0.0.1", listener.getLocalPort(), false)));
            awaitReason(herd, "Alford", words);
        }
    }

    private static void answerAll(ServerSocket listener, String hex) {
        try {
            while (true) {
                try (Socket socket = listener.accept(); OutputStream out = socket.getOutputStream()) {
                    socket.getInputStream().readNBytes(10);
                    for (String one : hex.isEmpty() ? new String[0] : hex.split(" ")) {
                        out.write(Integer.parseInt(one, 16));
                    }
                    out.flush();
                    socket.shutdownOutput();
                    socket.getInputStream().readAllBytes();
                }
            }
        } catch (IOException closed) {
            // The test is over.
        }
    }

    @Test
    void hostsThatNobodyKnowsAreTold() throws Exception {
        open(MqttHerd.settings(new BrokerAddress("nobody.invalid", 1883, false)));
        awaitReason(herd, "Alford", "unknown here");
        herd.awaitLog("Alford",
                "MQTT: no connection with tcp://nobody.invalid:1883: the host nobody.invalid is unknown here; ");
    }
}
