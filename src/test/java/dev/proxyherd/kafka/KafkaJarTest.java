package dev.proxyherd.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import dev.proxyherd.server.Await;
import dev.proxyherd.server.FreePorts;
import dev.proxyherd.server.RawClient;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The program as it is installed: Kafka's libraries lie beside its jar, and on no class path. */
class KafkaJarTest {
    private static final String LIBRARIES = ".*/(kafka-clients|slf4j-api|lz4-java)-[^/]*\\.jar";

    @TempDir
    private Path dir;

    private static List<String> classPath() {
        return List.of(System.getProperty("java.class.path").split(File.pathSeparator));
    }

    private Path jar() throws IOException {
        Path jar = dir.resolve("herd.jar");
        Path classes = Path.of("target", "classes");
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar));
                Stream<Path> files = Files.walk(classes)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                out.putNextEntry(new JarEntry(classes.relativize(file).toString().replace(File.separatorChar, '/')));
                Files.copy(file, out);
            }
        }
        Path libraries = Files.createDirectories(dir.resolve("lib/kafka"));
        for (String library : classPath().stream().filter(path -> path.matches(LIBRARIES)).toList()) {
            Files.copy(Path.of(library), libraries.resolve(Path.of(library).getFileName()));
        }
        return jar;
    }

    @Test
    void sharesATopicAndKeepsAHistoryAndSaysNothingOnTheErrorOutput() throws Exception {
        int port = FreePorts.next();
        Path topology = Files.writeString(dir.resolve("topology.json"),
                "{\"servers\": {\"Alford\": {\"host\": \"127.0.0.1\", \"port\": " + port + "}}}");
        try (Broker broker = Broker.in(dir.resolve("broker")).start(); Topics topics = broker.topics()) {
            Path settings = Files.writeString(dir.resolve("kafka.properties"),
                    "bootstrap.servers=" + broker.address() + "\n");
            String others = classPath().stream().filter(path -> path.endsWith(".jar") && !path.matches(LIBRARIES))
                    .collect(Collectors.joining(File.pathSeparator));
            Path err = dir.resolve("err");
            // As bin/herd starts it.
            List<String> quiet = Runtime.version().feature() < 24 ? List.of("-XX:+UseSerialGC")
                    : List.of("-XX:+UseSerialGC", "--sun-misc-unsafe-memory-access=allow");
            List<String> program = Stream
                    .of(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()),
                            quiet, List.of("-cp", jar() + File.pathSeparator + others, "dev.proxyherd.cli.Main"))
                    .flatMap(List::stream).toList();
            List<String> command = with(program, "--name", "Alford", "--topology", topology.toString(), "--state-dir",
                    dir.resolve("state").toString(), "--kafka", settings.toString(), "--kafka-history", "herd.reports");
            Process herd = new ProcessBuilder(command).redirectOutput(dir.resolve("out").toFile())
                    .redirectError(err.toFile()).start();
            try {
                Await.until("it is up", () -> Files.readString(dir.resolve("out")).contains("Ctrl-C stops it")
                        || !herd.isAlive());
                assertThat(herd.isAlive()).as(Files.readString(err)).isTrue();
                try (RawClient client = new RawClient(port)) {
                    client.ask("IAMAT kiwi +34-118 1400000000");
                }
                Await.until("it is in the topic", () -> topics.names().contains(TestRegions.TOPIC)
                        && topics.newest(TestRegions.TOPIC).containsKey("Alford kiwi"));
                Await.until("it is in the history", () -> topics.names().contains("herd.reports")
                        && topics.newest("herd.reports").containsKey("kiwi"));
                herd.destroy();
                assertThat(herd.waitFor(Await.LIMIT.toSeconds(), TimeUnit.SECONDS)).as("it ends").isTrue();
                assertThat(Files.readString(err)).isEmpty();
            } finally {
                herd.destroyForcibly();
            }
            assertRetires(with(program, "kafka", "retire", "Alford", "--kafka", settings.toString()), topics);
        }
    }

    private static List<String> with(List<String> program, String... arguments) {
        return Stream.concat(program.stream(), Stream.of(arguments)).toList();
    }

    private void assertRetires(List<String> command, Topics topics) throws Exception {
        assertThat(run(command)).as("it has published just now").contains("and so is not gone; stop it");
        assertThat(topics.newest(TestRegions.TOPIC)).containsKey("Alford kiwi");
        List<String> anyway = with(command, "--yes");
        assertThat(run(anyway)).isEqualTo("retired: Alford, of which 1 record is deleted in herd.locations\n");
        assertThat(topics.newest(TestRegions.TOPIC)).isEmpty();
        for (List<String> again : List.of(anyway, command)) {
            assertThat(run(again)).isEqualTo("herd: there is nothing of a server called Alford in herd.locations\n");
        }
    }

    private String run(List<String> command) throws Exception {
        Path output = dir.resolve("retired");
        Process process = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile()).start();
        assertThat(process.waitFor(Await.LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
        return Files.readString(output);
    }
}
