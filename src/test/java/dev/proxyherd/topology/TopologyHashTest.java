package dev.proxyherd.topology;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TopologyHashTest {
    private static final String ALFORD = "\"Alford\": {\"host\": \"a.example\", \"port\": 1}";
    private static final String PARKER = "\"Parker\": {\"host\": \"b.example\", \"port\": 2}";
    private static final String WELSH = "\"Welsh\": {\"host\": \"c.example\", \"port\": 3}";
    private static final String HERD = "{\"servers\": {" + ALFORD + ", " + PARKER + ", " + WELSH
            + "}, \"links\": [[\"Alford\", \"Parker\"], [\"Parker\", \"Welsh\"]]}";
    private static final Map<String, String> VALUES = Map.of("expireAfter", "0");

    @TempDir
    private Path dir;

    private String hash(String file) throws IOException, TopologyException {
        return TopologyHash.of(TopologyFile.read(Files.writeString(dir.resolve("herd.json"), file)), VALUES);
    }

    @Test
    void isTwelveDigits() throws Exception {
        assertThat(hash(HERD)).matches("[0-9a-f]{12}");
    }

    @Test
    void isTheSameInAnyOrderAndWithAnyLimits() throws Exception {
        assertThat(hash("{\"maxConnections\": 7, \"links\": [[\"Welsh\", \"Parker\"], [\"Parker\", \"Alford\"]],"
                + "\"servers\": {" + WELSH + ", " + ALFORD.replace("a.ex", "A.EX") + ", " + PARKER + "}}"))
                .isEqualTo(hash(HERD));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a.example", "\"port\": 3", ", [\"Parker\", \"Welsh\"]", "Alford"})
    void isAnotherWhereAServerOrALinkIs(String part) throws Exception {
        String other = part.startsWith(",") ? "" : part.replaceFirst("3|a.e|Al", "4");
        assertThat(hash(HERD.replace(part, other))).isNotEqualTo(hash(HERD));
    }

    @Test
    void isAnotherWhereWhatAllMustAgreeOnIs() throws Exception {
        Topology herd = TopologyFile.read(Files.writeString(dir.resolve("herd.json"), HERD));
        assertThat(TopologyHash.of(herd, Map.of("expireAfter", "60"))).isNotEqualTo(TopologyHash.of(herd, VALUES));
    }
}
