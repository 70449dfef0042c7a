package dev.proxyherd.cli.options;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.proxyherd.cli.ShownCommands;
import dev.proxyherd.cli.serve.ServerOptions;
import dev.proxyherd.server.process.ClientCapacity;
import dev.proxyherd.topology.HerdSettings;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

class OptionDefaultsTest {
    @Command
    static final class Line {
        @Mixin
        private ServerOptions options;

        @Option(names = "--help", usageHelp = true)
        private boolean help;

        @Option(names = "--version", versionHelp = true)
        private boolean version;

        @Parameters(arity = "0..1")
        private String word;
    }

    private static Line parse(Map<String, String> environment, Map<String, String> settings, String... args) {
        Line line = new Line();
        CommandLine command = new CommandLine(line).setCaseInsensitiveEnumValuesAllowed(true);
        command.registerConverter(java.time.Duration.class, Units::duration);
        command.registerConverter(ByteSize.class, Units::byteSize);
        command.setDefaultValueProvider(new OptionDefaults(environment, new HerdSettings(settings, Map.of())));
        command.parseArgs(args);
        return line;
    }

    @ParameterizedTest
    @CsvSource({"--max-line, HERD_MAX_LINE, maxLine", "--listen, HERD_LISTEN, listen",
        "--state-dir, HERD_STATE_DIR, stateDir",
        "--a-b-c, HERD_A_B_C, aBC"})
    void areCalledAsTheOptionIs(String option, String variable, String setting) {
        assertThat(OptionDefaults.variable(option)).isEqualTo(variable);
        assertThat(OptionDefaults.setting(option)).isEqualTo(setting);
    }

    @Test
    void yieldToTheCommandLineThenTheEnvironmentThenTheTopologyFile() {
        Map<String, String> environment = Map.of("HERD_MAX_LINE", "2000");
        Map<String, String> settings = Map.of("maxLine", "3000");
        assertThat(parse(environment, settings, "--max-line", "1500").options.maxLine).isEqualTo(1500);
        assertThat(parse(environment, settings).options.maxLine).isEqualTo(2000);
        assertThat(parse(Map.of(), settings).options.maxLine).isEqualTo(3000);
        assertThat(parse(Map.of(), Map.of()).options.maxLine).isEqualTo(8192);
    }

    @Test
    void areReadAsTheOptionsAre() {
        Line line = parse(Map.of("HERD_LOG_SIZE", "8M", "HERD_LISTEN", "127.0.0.1:7"), Map.of("idleTimeout", "2m"));
        assertThat(line.options.logSize).isEqualTo(new ByteSize(8 << 20));
        assertThat(line.options.idleTimeout).hasMinutes(2);
        assertThat(line.options.listen).isEqualTo(List.of("127.0.0.1:7"));
    }

    @Test
    void setFlagsTooAndTheCommandLineStillSetsThem() {
        assertThat(parse(Map.of(), Map.of()).options.noJournal).isFalse();
        assertThat(parse(Map.of("HERD_NO_JOURNAL", "true"), Map.of()).options.noJournal).isTrue();
        assertThat(parse(Map.of(), Map.of("noJournal", "true")).options.noJournal).isTrue();
        assertThat(parse(Map.of("HERD_NO_JOURNAL", "false"), Map.of("noJournal", "true")).options.noJournal).isFalse();
        assertThat(parse(Map.of("HERD_NO_JOURNAL", "true"), Map.of(), "--no-journal").options.noJournal).isTrue();
        assertThat(parse(Map.of("HERD_NO_JOURNAL", "false"), Map.of(), "--no-journal").options.noJournal).isTrue();
        assertThatThrownBy(() -> parse(Map.of("HERD_NO_JOURNAL", "perhaps"), Map.of()))
                .hasMessageContaining("--no-journal").hasMessageContaining("perhaps");
    }

    /** Without a fallback value picocli reads a flag that is given as the opposite of what the environment says. */
    @Test
    void setTheFlagsOfAllCommandsWithoutTurningThemRound() {
        assertThat(ShownCommands.all()
                .flatMap(command -> command.getCommandSpec().options().stream())
                .filter(option -> option.type() == boolean.class && !option.usageHelp() && !option.versionHelp()))
                .isNotEmpty().allMatch(option -> "true".equals(option.fallbackValue()));
    }

    @Test
    void letAsManyClientsInAsFitTheHeapThatTheServersShare() throws CliException {
        long heap = Runtime.getRuntime().maxMemory();
        assertThat(parse(Map.of(), Map.of()).options.clientLimits(5, 1).maxClients())
                .isEqualTo((int) ((heap - 24 * 1024 * 1024) / (5 * 640 + 400)));
        assertThat(ClientCapacity.inHeap(1, 5, 1)).as("in a heap that is too small").isEqualTo(1_000);
        assertThat(parse(Map.of(), Map.of("maxClients", "7")).options.clientLimits(5, 1).maxClients()).isEqualTo(7);
    }

    @Test
    void areNeitherForHelpNorForWhatIsNoOption() {
        Line line = parse(Map.of("HERD_HELP", "true", "HERD_VERSION", "true", "HERD_WORD", "x"),
                Map.of("help", "true", "word", "x"));
        assertThat(line.help).isFalse();
        assertThat(line.version).isFalse();
        assertThat(line.word).isNull();
    }
}
