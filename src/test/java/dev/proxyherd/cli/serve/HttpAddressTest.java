package dev.proxyherd.cli.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.proxyherd.cli.options.ByteSize;
import dev.proxyherd.cli.options.CliException;
import dev.proxyherd.cli.options.Units;
import dev.proxyherd.server.process.HttpPort;
import dev.proxyherd.topology.ServerAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** What {@code --http} says to a process that runs A and B of the servers A, B and C. */
class HttpAddressTest {
    private static final List<String> HERE = List.of("A", "B");

    private static List<HttpPort> parse(String... values) throws CliException {
        List<String> args = new ArrayList<>();
        for (String value : values) {
            args.addAll(List.of("--http", value));
        }
        ServerOptions options = new ServerOptions();
        CommandLine command = new CommandLine(CommandLine.Model.CommandSpec.forAnnotatedObject(options))
                .setCaseInsensitiveEnumValuesAllowed(true);
        command.registerConverter(Duration.class, Units::duration);
        command.registerConverter(ByteSize.class, Units::byteSize);
        command.parseArgs(args.toArray(String[]::new));
        return HttpAddress.parse(options, HERE, new LinkedHashSet<>(List.of("A", "B", "C")), false);
    }

    @ParameterizedTest
    @CsvSource({"8080, A, 127.0.0.1, 8080", "B=8080, B, 127.0.0.1, 8080", "herd.example:0, A, herd.example, 0",
        "[::1]:8080, A, ::1, 8080", "B=[fe80::1%eth0]:7, B, fe80::1%eth0, 7"})
    void isAPortPerhapsWithAHostAndTheServersName(String value, String server, String host, int port)
            throws CliException {
        assertThat(parse(value)).singleElement().satisfies(address -> {
            assertThat(address.server()).isEqualTo(server);
            assertThat(address.settings().port().listen()).isEqualTo(new ServerAddress(host, port));
        });
    }

    @Test
    void isLeftOutWhereItIsNoneOrForAServerElsewhere() throws CliException {
        assertThat(parse("none")).isEmpty();
        assertThat(parse("C=8080")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"8080, A=9090, A", "B=8080, B=[::]:8080, B", "C=1, C=1, C"})
    void isRefusedWhenItsServerHasOneAlready(String first, String second, String server) {
        assertThatThrownBy(() -> parse(first, second))
                .isInstanceOf(CliException.class)
                .hasMessage("--http %s: '%s' has --http %s already; keep one of them", second, server, first);
    }

    @ParameterizedTest
    @ValueSource(strings = {":1", "h:", "h:x", "-1", "65536", "::1:8080", "[::1]", "[::1:1", "[]:1", "h h:1", "=1"})
    void isRefusedWhenItIsNone(String value) {
        assertThatThrownBy(() -> parse(value)).isInstanceOf(CliException.class)
                .hasMessage("--http " + value + ": write PORT, HOST:PORT, NAME=HOST:PORT, or none");
    }
}
