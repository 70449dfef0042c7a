package dev.proxyherd.kafka;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.proxyherd.cli.AwaitProgress;
import dev.proxyherd.server.Await;
import dev.proxyherd.server.FreePorts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.kafka.common.Uuid;
import org.jspecify.annotations.Nullable;

/**
 * Kafka's own server in a process of its own, on free ports of loopback, its own controller. The profile {@code kafka} puts its
 * jars where this looks for them; where they are not, the test is skipped.
 */
public final class Broker implements AutoCloseable {
    static final Path JARS = Path.of("target", "kafka").toAbsolutePath();

    /** Of what it said when it ended by itself. */
    private static final int LAST_LINES = 60;

    private final Path dir;
    private final String cluster;
    private final BrokerProperties properties;
    private final Path output;
    private @Nullable Process process;

    private Broker(Path dir, String cluster, int id, List<Integer> controllers, Path data) throws IOException {
        this.dir = Files.createDirectories(dir);
        this.cluster = cluster;
        output = dir.resolve("broker.out");
        properties = new BrokerProperties(id, controllers, data);
    }

    /** One that is not running yet; {@code dir} gets its files. */
    public static Broker in(Path dir) throws IOException {
        return in(dir, dir.resolve("data"));
    }

    /** One whose data lie elsewhere, on a small disk for example. */
    public static Broker in(Path dir, Path data) throws IOException {
        assumeThere();
        return new Broker(dir, Uuid.randomUuid().toString(), 1, List.of(FreePorts.next()), data);
    }

    /** Several that make one cluster, none of them running yet. Topics have up to three copies there, and bear the loss of one. */
    public static List<Broker> cluster(Path dir, int size) throws IOException {
        assumeThere();
        List<Integer> controllers = IntStream.range(0, size).mapToObj(i -> FreePorts.next()).toList();
        String cluster = Uuid.randomUuid().toString();
        List<Broker> brokers = new ArrayList<>();
        for (int id = 1; id <= size; id++) {
            Path own = dir.resolve("broker-" + id);
            brokers.add(new Broker(own, cluster, id, controllers, own.resolve("data")));
        }
        return brokers;
    }

    /** Skips the test where Kafka's server is not. */
    static void assumeThere() {
        assumeTrue(Files.isDirectory(JARS),
                "Kafka's server is not in " + JARS + ": mvn -Pkafka generate-test-resources gets it");
    }

    /** Runs one of the programs that come with Kafka's server, such as org.apache.kafka.tools.ProducerPerformance. */
    public static ProcessBuilder program(String heap, String... mainAndArguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx" + heap,
                "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn",
                "-Dorg.slf4j.simpleLogger.showDateTime=true", "-Dorg.slf4j.simpleLogger.dateTimeFormat=HH:mm:ss.SSS",
                "-cp", JARS + "/*"));
        command.addAll(List.of(mainAndArguments));
        return new ProcessBuilder(command).redirectErrorStream(true);
    }

    /** One of its settings, by Kafka's name. Before the start, or between two. */
    public Broker set(String key, String value) {
        properties.set(key, value);
        return this;
    }

    /** A listener for users with passwords, who may do only what {@link Topics#permit} permits; before the start. */
    public int listenWithPasswords(Map<String, String> passwords) {
        return properties.listenWithPasswords(passwords);
    }

    /** A listener at this port whose clients come by a proxy; before the start. */
    public Broker listenBehind(int port, int proxy) {
        properties.listenBehind(port, proxy);
        return this;
    }

    /** A listener in TLS, with a key and its certificates in one file of PEM; before the start. */
    public int listenInTls(Path keyStore) {
        return properties.listenInTls(keyStore);
    }

    /** Starts it, or starts it anew on the same ports and files, and waits until it answers. */
    public Broker start() throws IOException {
        launch();
        awaitUp();
        return this;
    }

    /** Starts several of one cluster, which wait for each other, and waits until they answer. */
    static void startAll(List<Broker> brokers) throws IOException {
        for (Broker broker : brokers) {
            broker.launch();
        }
        for (Broker broker : brokers) {
            broker.awaitUp();
        }
    }

    void launch() throws IOException {
        Path file = dir.resolve("server.properties");
        properties.write(file);
        if (process == null) {
            run(program("128m", "kafka.tools.StorageTool", "format", "--cluster-id", cluster, "--config",
                    file.toString()));
        }
        process = program("512m", "-Dorg.slf4j.simpleLogger.defaultLogLevel=info", "kafka.Kafka", file.toString())
                .redirectOutput(output.toFile()).start();
    }

    void awaitUp() throws IOException {
        try (Topics topics = topics()) {
            AwaitProgress.until("the broker answers", process, () -> {
                if (!process.isAlive()) {
                    throw new IllegalStateException(
                            "it ended by itself with " + process.exitValue() + ", having said last\n" + lastLines());
                }
                return topics.brokers().contains(properties.port());
            });
        }
    }

    private void run(ProcessBuilder program) throws IOException {
        try {
            int code = program.redirectOutput(output.toFile()).start().waitFor();
            if (code != 0) {
                throw new IOException(program.command() + " ended with " + code + ", having said last\n" + lastLines());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Its plain listener, where anyone may do anything. */
    public String address() {
        return "127.0.0.1:" + properties.port();
    }

    public int port() {
        return properties.port();
    }

    /** What it has said at the end of its newest life. */
    private String lastLines() throws IOException {
        List<String> lines = Files.readAllLines(output);
        return String.join("\n", lines.subList(Math.max(0, lines.size() - LAST_LINES), lines.size()));
    }

    /** What there is at this broker; to be closed. */
    public Topics topics() {
        return new Topics(address());
    }

    public boolean isAlive() {
        return process != null && process.isAlive();
    }

    /** Sends a signal: KILL, STOP, CONT, TERM. One that was killed or told to end has ended when this returns. */
    public void signal(String name) throws IOException {
        try {
            new ProcessBuilder("kill", "-" + name, String.valueOf(process.pid())).inheritIO().start().waitFor();
            if (name.equals("KILL") || name.equals("TERM")) {
                process.waitFor(Await.LIMIT.toSeconds(), TimeUnit.SECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Has its disk filled by what is written to a topic; it ends when it notices. */
    void endOfFullDisk(String topic) throws Exception {
        try (Topics topics = topics()) {
            Thread writer = Thread.ofVirtual().start(() -> topics.tryToWrite(topic, new byte[1 << 19]));
            Await.until("it has ended", () -> !isAlive());
            writer.interrupt();
            Await.end(writer);
        }
    }

    @Override
    public void close() {
        if (process == null) {
            return;
        }
        process.destroyForcibly();
        try {
            process.waitFor(Await.LIMIT.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
