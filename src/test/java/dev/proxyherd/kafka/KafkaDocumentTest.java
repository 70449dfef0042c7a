package dev.proxyherd.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import dev.proxyherd.Documents;
import dev.proxyherd.cli.BuiltClone;
import dev.proxyherd.cli.HerdProcess;
import dev.proxyherd.server.FreePorts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What scaling.md and {@code herd kafka --help} show is run by a shell as it stands there, but for ports, hosts and folders. */
@Timeout(300)
class KafkaDocumentTest {
    private static final String BUILD = "mvn -q -Pkafka generate-test-resources\n";

    @TempDir
    private Path dir;

    private BuiltClone clone;

    @BeforeEach
    void make() throws IOException {
        Broker.assumeThere();
        clone = BuiltClone.make(dir);
        Files.createSymbolicLink(dir.resolve("target/kafka"), Broker.JARS);
    }

    /** The commands of a section, which ends whatever it has left running. */
    private static String commands(String section) throws IOException {
        StringBuilder all = new StringBuilder("set -e\ntrap 'kill $(jobs -p) 2> /dev/null; wait' EXIT\n");
        Documents.blocks(Documents.section(Documents.SCALING, section)).stream()
                .filter(block -> block.language().equals("bash")).forEach(block -> all.append(block.text()));
        return all.toString();
    }

    private String run(String script) throws IOException {
        Path file = Files.writeString(dir.resolve("script"), script);
        try (HerdProcess run = clone.start(dir, Map.of("HERD_JAVA_OPTS", "-XX:TieredStopAtLevel=1 -Xmx256m"),
                "exec bash " + file)) {
            assertThat(run.exitCode()).as(run.out() + run.err()).isZero();
            return run.out();
        }
    }

    @Test
    void joinsTwoHerds() throws IOException {
        String session = commands("Try it");
        assertThat(session).contains(BUILD);
        String here = session.replace(BUILD, "").replace("/tmp/regions", dir.resolve("regions").toString());
        for (String port : List.of("9092", "9093", "12100", "12200")) {
            here = here.replaceAll("\\b" + port + "\\b", String.valueOf(FreePorts.next()));
        }
        String out = run(here);
        assertThat(out).contains("AT Alford ", "\"status\" : \"OK\"", "herd.locations").contains("connected");
        assertThat(out.lines().filter(line -> line.startsWith("AT Alford ")).distinct()).hasSize(1);
    }

    @Test
    void makesATopicByHand() throws Exception {
        try (Broker broker = Broker.in(dir.resolve("broker")).start(); Topics topics = broker.topics()) {
            run("kafka-topics.sh() { java -cp 'target/kafka/*' org.apache.kafka.tools.TopicCommand \"$@\"; }\n"
                    + commands("Setting it up").replace("kafka1:9092", broker.address())
                            .replace("--replication-factor 3", "--replication-factor 1")
                            .replace("min.insync.replicas=2", "min.insync.replicas=1"));
            assertThat(topics.partitions(TestRegions.TOPIC)).isEqualTo(6);
            assertThat(topics.setting(TestRegions.TOPIC, "cleanup.policy")).isEqualTo("compact");
        }
    }

    @Test
    void retiresAServer() throws Exception {
        try (Broker broker = Broker.in(dir.resolve("broker")).start(); Topics topics = broker.topics()) {
            Files.writeString(dir.resolve("kafka.properties"), "bootstrap.servers=" + broker.address() + '\n');
            for (String topic : List.of(TestRegions.TOPIC, "herd.test")) {
                topics.create(topic, 2, Map.of("cleanup.policy", "compact"));
                topics.writeLongAgo(topic, "Welsh kiwi", "AT Welsh +0.1 kiwi +34-118 1400000000");
            }
            List<String> commands = Documents.blocks(Documents.section(Documents.SCALING, "When a server leaves"))
                    .stream().flatMap(block -> block.text().lines()).toList();
            assertThat(commands).hasSize(1);
            assertThat(run(commands.getFirst())).startsWith("retired: Welsh");
            String help = run("herd kafka retire --help");
            List<String> examples = help.lines().map(String::strip).filter(line -> line.startsWith("herd ")).toList();
            assertThat(examples).hasSize(2).first().isEqualTo(commands.getFirst().replace("bin/herd", "herd"));
            assertThat(run(examples.getLast())).startsWith("retired: Welsh");
            assertThat(topics.newest(TestRegions.TOPIC)).isEmpty();
            assertThat(topics.newest("herd.test")).isEmpty();
        }
    }
}
