package dev.proxyherd.topology;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TopologyTextTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {
        "{\"servers\": {\"A\": {\"host\": \"127.0.0.1\", \"port\": 1}}}",
        "{\"servers\": {\"B\": {\"host\": \"::1\", \"port\": 1}, \"A\": {\"host\": \"a\\\"\\\\b\", \"port\": 65535}},"
                + "\"links\": [[\"A\", \"B\"]], \"maxLine\": 4096, \"noJournal\": true, \"http\": [\"A=1\", \"B=2\"]}",
        "{\"servers\": {\"A\": {\"host\": \"h\", \"port\": 1}, \"B\": {\"host\": \"h\", \"port\": 2}, "
                + "\"C\": {\"host\": \"h\", \"port\": 3}}, \"links\": [[\"C\", \"A\"], [\"B\", \"C\"], [\"A\", \"C\"]]}"})
    void isReadAsTheSameTopology(String written) throws Exception {
        Topology topology = read(written);
        Topology again = read(TopologyText.of(topology));
        assertThat(again.servers()).containsExactlyEntriesOf(topology.servers());
        assertThat(again.neighbours()).isEqualTo(topology.neighbours());
        assertThat(again.settings().values()).isEqualTo(topology.settings().values());
    }

    private Topology read(String text) throws TopologyException, IOException {
        return TopologyFile.read(Files.writeString(folder.resolve("herd.json"), text));
    }

    @Test
    void hasALineForEachServerAndLink() throws Exception {
        assertThat(TopologyText.of(read("{\"servers\": {\"A\": {\"host\": \"h\", \"port\": 1}, "
                + "\"B\": {\"host\": \"h\", \"port\": 2}}, \"links\": [[\"B\", \"A\"]]}"))).isEqualTo("""
                        {
                          "servers": {
                            "A": {"host": "h", "port": 1},
                            "B": {"host": "h", "port": 2}
                          },
                          "links": [
                            ["A", "B"]
                          ]
                        }
                        """);
    }
}
