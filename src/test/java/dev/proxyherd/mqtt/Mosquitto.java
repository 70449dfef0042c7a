package dev.proxyherd.mqtt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.proxyherd.mqtt.broker.BrokerAddress;
import dev.proxyherd.server.Await;
import dev.proxyherd.server.FreePorts;
import dev.proxyherd.server.SystemCommand;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Debian's mosquitto as a process of its own, and its clients. Where it is not installed the test is skipped. */
final class Mosquitto implements AutoCloseable {
    private final Path dir;
    private final List<Process> others = new ArrayList<>();
    private final int port = FreePorts.next();
    private final Path config;
    private final Path log;
    private Process broker;

    /** @param settings lines of its configuration, beside the listener */
    Mosquitto(Path parent, String... settings) throws IOException {
        assumeTrue(
                SystemCommand.run("sh", "-c",
                        "command -v mosquitto && command -v mosquitto_pub && command -v mosquitto_sub"),
                "mosquitto is not installed: apt-get install mosquitto mosquitto-clients");
        dir = Files.createDirectories(parent.resolve("broker"));
        log = dir.resolve("log");
        config = Files.writeString(dir.resolve("conf"), "user root\nlistener " + port + " 127.0.0.1\n"
                + "persistence true\npersistence_location " + dir + "/\nautosave_interval 1\n"
                + String.join("\n", settings) + '\n');
    }

    /** One that lets anybody in, and runs. */
    static Mosquitto open(Path parent) throws IOException {
        return new Mosquitto(parent, "allow_anonymous true").start();
    }

    Mosquitto start() throws IOException {
        broker = new ProcessBuilder("mosquitto", "-v", "-c", config.toString()).redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile())).start();
        Await.until("mosquitto listens", () -> {
            assertThat(broker.isAlive()).as(log()).isTrue();
            return listens();
        });
        return this;
    }

    private boolean listens() {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1000);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    String log() throws IOException {
        return Files.readString(log, StandardCharsets.ISO_8859_1);
    }

    Path dir() {
        return dir;
    }

    BrokerAddress address() {
        return new BrokerAddress("127.0.0.1", port, false);
    }

    BrokerAddress tlsAddress(String host) {
        return new BrokerAddress(host, port, true);
    }

    /** Sends the broker a signal: STOP, CONT, HUP, ... */
    void signal(String name) {
        assertThat(SystemCommand.run("kill", "-" + name, String.valueOf(broker.pid()))).isTrue();
    }

    void stop() throws InterruptedException {
        broker.destroy();
        assertThat(broker.waitFor(10, TimeUnit.SECONDS)).isTrue();
    }

    void kill() throws InterruptedException {
        broker.destroyForcibly().waitFor();
    }

    /** Publishes as an app does, with quality of service 1 unless other options say otherwise; returns when the broker has it. */
    void publish(String topic, String payload, String... options) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("mosquitto_pub", "-p", String.valueOf(port), "-q", "1", "-t",
                topic, "-m", payload));
        command.addAll(List.of(options));
        run(command);
    }

    /** Publishes each line of a file, or with {@code -f} all of it at once. */
    void publishFile(String topic, Path file, String option) throws IOException, InterruptedException {
        run(List.of("sh", "-c", "exec mosquitto_pub -p " + port + " -q 1 -t " + topic
                + (option.equals("-f") ? " -f " + file : " -l < " + file)));
    }

    private void run(List<String> command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as("%s: %s", command, said).isZero();
    }

    /** Somebody who subscribes, and what they see: a line {@code topic payload} for each message. */
    Subscription subscribe(String topic, String... options) throws IOException {
        Path seen = Files.createTempFile(dir, "seen", ".txt");
        List<String> command =
                new ArrayList<>(List.of("mosquitto_sub", "-p", String.valueOf(port), "-q", "1", "-v", "-t", topic));
        command.addAll(List.of(options));
        others.add(new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(seen.toFile()).start());
        return new Subscription(seen);
    }

    /** What somebody has seen. */
    record Subscription(Path seen) {
        String text() throws IOException {
            return Files.readString(seen, StandardCharsets.UTF_8);
        }

        void await(String line) {
            Await.until("somebody sees " + line, () -> text().contains(line));
        }
    }

    @Override
    public void close() throws InterruptedException {
        for (Process other : others) {
            other.destroyForcibly().waitFor();
        }
        if (broker != null) {
            kill();
        }
    }
}
