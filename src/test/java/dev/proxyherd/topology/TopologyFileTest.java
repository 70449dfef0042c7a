package dev.proxyherd.topology;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TopologyFileTest {
    private static final String TWO = """
            {"servers": {"B": {"host": "127.0.0.1", "port": 12001}, "A": {"port": 65535, "host": "::1"}},
             "links": [["A", "B"]]""";

    @TempDir
    private Path folder;

    private Topology read(String text) throws IOException, TopologyException {
        return TopologyFile.read(Files.writeString(folder.resolve("herd-topology.json"), text));
    }

    @Test
    void namesServersWithTheirAddressesInTheOrderOfTheFile() throws Exception {
        assertThat(read(TWO + "}").servers()).containsExactly(
                Map.entry("B", new ServerAddress("127.0.0.1", 12_001)),
                Map.entry("A", new ServerAddress("::1", 65_535)));
    }

    @Test
    void makesBothEndsOfALinkNeighbours() throws Exception {
        Topology topology = read(TWO + "}");
        assertThat(topology.neighbours()).isEqualTo(Map.of("A", Set.of("B"), "B", Set.of("A")));
        assertThat(topology.neighboursOf("A")).isEqualTo(Map.of("B", new ServerAddress("127.0.0.1", 12_001)));
    }

    @Test
    void mayNameALinkTwiceOrNone() throws Exception {
        assertThat(read(TWO.replace("[[\"A\", \"B\"]]", "[[\"A\", \"B\"], [\"B\", \"A\"], [\"A\", \"B\"]]") + "}")
                .neighbours())
                .isEqualTo(Map.of("A", Set.of("B"), "B", Set.of("A")));
        assertThat(read("{\"servers\": {\"A\": {\"host\": \"h\", \"port\": 1}}}").neighbours())
                .isEqualTo(Map.of("A", Set.of()));
    }

    @Test
    void mayNameLinksBeforeServers() throws Exception {
        assertThat(read("""
                {"links": [["A", "B"]],
                 "servers": {"A": {"host": "h", "port": 1}, "B": {"host": "h", "port": 2}}}""").neighbours())
                .isEqualTo(Map.of("A", Set.of("B"), "B", Set.of("A")));
    }

    @Test
    void keepsSettingsAsTextWithTheirPlaces() throws Exception {
        HerdSettings settings = read(TWO + ",\n \"maxLine\": 16384, \"idleTimeout\": \"15m\", \"x\": true}").settings();
        assertThat(settings.values()).isEqualTo(Map.of("maxLine", "16384", "idleTimeout", "15m", "x", "true"));
        assertThat(settings.places().get("maxLine"))
                .startsWith(folder.resolve("herd-topology.json") + ": line 3 column ");
    }

    @Test
    void mayStartWithAByteOrderMark() throws Exception {
        assertThat(read("\uFEFF" + TWO + "}").servers()).hasSize(2);
    }

    @Test
    void isTheHerdOfTheAssignmentAsShipped() throws Exception {
        Topology shipped = TopologyFile.read(Path.of("herd-topology.json"));
        assertThat(shipped.servers().keySet()).containsExactly("Alford", "Bolden", "Hamilton", "Parker", "Welsh");
        assertThat(shipped.neighbours()).isEqualTo(Map.of(
                "Alford", Set.of("Parker", "Welsh"),
                "Bolden", Set.of("Parker", "Welsh"),
                "Hamilton", Set.of("Parker"),
                "Parker", Set.of("Alford", "Bolden", "Hamilton"),
                "Welsh", Set.of("Alford", "Bolden")));
        assertThat(shipped.island()).isEmpty();
        assertThat(shipped.settings().values()).isEmpty();
    }
}
