package dev.proxyherd.cli.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.proxyherd.cli.options.CliException;
import dev.proxyherd.topology.HerdSettings;
import dev.proxyherd.topology.ServerAddress;
import dev.proxyherd.topology.Topology;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ListenAddressesTest {
    private static final ServerAddress IN_TOPOLOGY = new ServerAddress("10.0.0.1", 12_000);

    private static ServerAddress of(String name, List<String> names, String... options) throws CliException {
        return ListenAddresses.parse(List.of(options), names).of(name, IN_TOPOLOGY);
    }

    @Test
    void areTheTopologysUnlessAnotherIsGiven() throws CliException {
        assertThat(of("A", List.of("A"))).isEqualTo(IN_TOPOLOGY);
        assertThat(of("B", List.of("A", "B"), "A=h:1")).isEqualTo(IN_TOPOLOGY);
    }

    @ParameterizedTest
    @CsvSource({"127.0.0.1:1, 127.0.0.1, 1", "[::1]:65535, ::1, 65535", "[fe80::1%eth0]:7, fe80::1%eth0, 7",
        "herd.example:12, herd.example, 12",
        "A=0.0.0.0:0, 0.0.0.0, 0", "A=[::]:5, ::, 5"})
    void areHostAndPortWithTheServersNameOrWithoutForTheOnlyOne(String option, String host, int port)
            throws CliException {
        assertThat(of("A", List.of("A"), option)).isEqualTo(new ServerAddress(host, port));
    }

    @Test
    void areForEachServerItsOwn() throws CliException {
        assertThat(of("A", List.of("A", "B"), "A=h:1", "B=h:2")).isEqualTo(new ServerAddress("h", 1));
        assertThat(of("B", List.of("A", "B"), "A=h:1", "B=h:2")).isEqualTo(new ServerAddress("h", 2));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ":1", "h", "h:", "h:x", "h:-1", "h:65536", "h:123456", "::1:12000", "[::1]", "h h:1",
        "[::1:1", "A B=h:1", "=h:1"})
    void areRefusedWhenTheyAreNone(String option) {
        assertThatThrownBy(() -> of("A", List.of("A"), option)).isInstanceOf(CliException.class)
                .hasMessage("--listen " + option + ": write HOST:PORT, or NAME=HOST:PORT");
    }

    @Test
    void areRefusedWhenItIsUnclearOrUnknownWhoseTheyAre() {
        assertThatThrownBy(() -> of("A", List.of("A", "B"), "h:1")).isInstanceOf(CliException.class)
                .hasMessage("--listen h:1: several servers run here, so say which: NAME=h:1");
        assertThatThrownBy(() -> of("A", List.of("A", "B"), "C=h:1")).isInstanceOf(CliException.class)
                .hasMessage("--listen C=h:1: 'C' does not run here; these do: A, B");
    }

    @Test
    void areRefusedWhenOneServerHasTwo() {
        assertThatThrownBy(() -> of("A", List.of("A", "B"), "A=h:1", "B=h:2", "A=h:3")).isInstanceOf(CliException.class)
                .hasMessage("--listen A=h:3: 'A' has --listen A=h:1 already; keep one of them");
        assertThatThrownBy(() -> of("A", List.of("A"), "h:1", "A=h:1")).isInstanceOf(CliException.class)
                .hasMessage("--listen A=h:1: 'A' has --listen h:1 already; keep one of them");
    }

    @Test
    void togetherWithTheTopologysAreAllThatMatterForTheSecret() throws CliException {
        Topology topology = new Topology(
                Map.of("A", IN_TOPOLOGY), Map.of("A", Set.of()), new HerdSettings(Map.of(), Map.of()));
        assertThat(ListenAddresses.parse(List.of("0.0.0.0:1"), List.of("A")).all(topology))
                .containsExactlyInAnyOrder(IN_TOPOLOGY, new ServerAddress("0.0.0.0", 1));
    }
}
