package dev.proxyherd.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.Help.Ansi;

class HelpTest {
    @Nested
    class Asked {
        @Test
        void namesTheCommandsTheExitCodesAndExamples() {
            CommandRun help = CommandRun.of("--help");
            assertThat(help.code()).isZero();
            assertThat(help.err()).isEmpty();
            assertThat(help.out()).contains("Commands:", "up", "iamat", "whatsat", "send").doesNotContain("train")
                    .contains("Exit codes:", "130", "143").contains("Examples:", "herd up");
        }

        @ParameterizedTest
        @CsvSource({"up, --topology", "iamat, CLIENT", "whatsat, RADIUS", "send, LINE",
            "places, [BOUND]"})
        void ofACommandShowsItsOptionsAndExamples(String command, String part) {
            CommandRun help = CommandRun.of(command, "--help");
            assertThat(help.code()).isZero();
            assertThat(help.out()).startsWith("Usage: herd " + command).contains(part, "Examples:", "  herd " + command)
                    .contains("--topology");
        }

        @Test
        void tellsEveryOptionsDefault() {
            assertThat(CommandRun.of("up", "--help").out())
                    .contains("16000", "8192", "15m", "30s", "256M").doesNotContain("${");
        }

        @Test
        void hasNoColoursOnADumbTerminal() {
            assertThat(Main.commandLine(Map.of("TERM", "xterm"), "up").getColorScheme().ansi()).isEqualTo(Ansi.AUTO);
            assertThat(Main.commandLine(Map.of("TERM", "dumb"), "up").getColorScheme().ansi()).isEqualTo(Ansi.OFF);
        }

        @Test
        void tellsTheVersions() {
            CommandRun version = CommandRun.of("--version");
            assertThat(version.code()).isZero();
            assertThat(version.out()).startsWith("herd ").contains("Java ");
        }
    }

    @Nested
    class WrongUsage {
        @ParameterizedTest
        @ValueSource(strings = {"--nmae A", "walk", "iamat", "iamat kiwi", "iamat kiwi +1+1 7", "whatsat kiwi 10",
            "--name", "--max-line x",
            "up --max-line 1.5", "up --idle-timeout soon", "up --log-size big", "iamat kiwi +1+1 --timeout soon",
            "up A",
            "bench --radius wide", "up --places-url a^b"})
        void exitsWithTwoAndSaysWhatIsWrongAndHowItGoes(String line) {
            CommandRun run = CommandRun.of(line.split(" "));
            assertThat(run.code()).isEqualTo(2);
            assertThat(run.out()).isEmpty();
            assertThat(run.err()).startsWith("herd: ").doesNotContain("Exception", "\tat ");
            assertThat(run.err().contains("Usage: herd ")).as("all options of servers are too many")
                    .isEqualTo(line.matches("(iamat|whatsat|bench|up)\\b.*"));
            assertThat(run.err().lines()).as("what fits a screen").hasSizeLessThan(20).last().asString()
                    .endsWith("--help' tells more.");
        }

        @Test
        void isAnOptionBeforeTheCommandThatWouldNotHeedIt() {
            CommandRun run = CommandRun.of("--topology", "city.json", "status");
            assertThat(run.code()).isEqualTo(2);
            assertThat(run.err()).startsWith("herd: --topology stands before the command; options go after 'status'");
            assertThat(CommandRun.with(Map.of("HERD_MAX_LINE", "2000"), "--help", "status").code()).isZero();
        }

        @ParameterizedTest
        @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
            "stauts               | there is no command 'stauts'; the commands are "
                    + "up, iamat, whatsat, send, replay, simulate, places, status, trace, forget, kafka, reload, topology, fences, "
                    + "token, bench",
            "--name Alford up     | 'up' is a command of its own, and goes before all options: herd up"})
        void isACommandThatIsNotThere(String line, String message) {
            assertThat(CommandRun.of(line.split(" ")).err()).startsWith("herd: " + message + '\n');
        }

        @Test
        void isToldWithoutWhatWouldCommandATerminal() {
            assertThat(CommandRun.of("\033[31mred\007").err())
                    .startsWith("herd: there is no command '\\x1B[31mred\\x07';");
        }

        @Test
        void isToSayNothing() {
            CommandRun run = CommandRun.of();
            assertThat(run.code()).isEqualTo(2);
            assertThat(run.err()).startsWith("herd: Say which server to run with --name NAME, or give a command");
        }
    }
}
