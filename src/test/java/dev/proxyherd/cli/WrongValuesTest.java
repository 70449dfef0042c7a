package dev.proxyherd.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What commands refuse before they ask any server. */
class WrongValuesTest {
    private static final String NOT_ONE_WORD = " must be one word, without white space\n";

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource(delimiter = '|', ignoreLeadingAndTrailingWhitespace = true, value = {
        "iamat kiwi +1+1 --timeout 0 | --timeout must be at least 1ms",
        "status --timeout 0       | --timeout must be 1ms to 1d",
        "trace kiwi --timeout 99999d | --timeout must be 1ms to 1d",
        "status --watch 0         | --watch must be at least 100ms",
        "trace two\twords         | CLIENT must be one word, without white space",
        "simulate --interval 9999999d | --interval must be 1ms to 1d",
        "simulate --clients 0     | --clients must be 1 to 1000000",
        "bench --plot /none/p.svg | --plot /none/p.svg: there is no folder /none; make it first",
        "bench --json /           | --json /: is a folder; name a file in it",
        "replay --speed 2 --all-at-once x | --speed and --all-at-once exclude each other; leave one out",
        "status --state-dir=      | --state-dir is empty; name a folder, or . for this one",
        "replay /                 | /: cannot be read: Is a directory",
        "replay /none             | /none: cannot be read: no such file or folder"})
    void areNamedInOneLineWithTheMend(String command, String message) throws IOException {
        Path topology = Files.writeString(folder.resolve("city.json"),
                "{\"servers\": {\"A\": {\"host\": \"127.0.0.1\", \"port\": 1}}}");
        CommandRun run =
                CommandRun.of(Stream.concat(Stream.of(command.split(" ")), Stream.of("--topology", topology.toString()))
                        .toArray(String[]::new));
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).isEqualTo("herd: " + message + '\n');
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "simulate --seed x | herd: Invalid value for option '--seed': 'x' is no whole number, or too large; write 10 or 5000",
        "bench --rate fast | herd: Invalid value for option '--rate': 'fast' is no number; write 10 or 0.5",
        "up --places-per-second few | herd: Invalid value for option '--places-per-second': 'few' is no number; write 10 or 0.5"})
    void ofNumbersAreSaidInNoWordsOfJava(String command, String message) {
        assertThat(CommandRun.of(command.split(" ")).err().lines()).first().isEqualTo(message);
    }

    /** Where training has failed bin/herd does not try it again, but what is wrong here may be mended in a minute. */
    @Test
    @ResourceLock(Resources.SYSTEM_OUT)
    void areNoMatterToTraining() throws IOException {
        Path broken = Files.writeString(folder.resolve("city.json"), "{");
        PrintStream before = System.out;
        System.setOut(new PrintStream(OutputStream.nullOutputStream()));
        try {
            assertThat(CommandRun.with(Map.of("HERD_MAX_LINE", "long"), "train", "--topology", broken.toString()))
                    .isEqualTo(new CommandRun(0, "", ""));
        } finally {
            System.setOut(before);
        }
    }

    /** With white space inside, a field would be another command's. */
    @Test
    void ofFieldsThatAreNotOneWordAreNamedAndNothingIsSent() {
        assertThat(CommandRun.of("iamat", "a\nIAMAT evil", "+1+1").err()).isEqualTo("herd: CLIENT" + NOT_ONE_WORD);
        assertThat(CommandRun.of("iamat", "", "+1+1").err()).isEqualTo("herd: CLIENT" + NOT_ONE_WORD);
        assertThat(CommandRun.of("iamat", "a", "+1 +1").err()).isEqualTo("herd: POSITION" + NOT_ONE_WORD);
        assertThat(CommandRun.of("iamat", "a", "+1+1", "--time", "1\n").err()).isEqualTo("herd: --time" + NOT_ONE_WORD);
        assertThat(CommandRun.of("whatsat", "a", "1\n", "1").err()).isEqualTo("herd: RADIUS" + NOT_ONE_WORD);
        assertThat(CommandRun.of("whatsat", "a", "1", "1\r").err()).isEqualTo("herd: BOUND" + NOT_ONE_WORD);
    }

    @ParameterizedTest
    @CsvSource({"{}, : there",
        "'{\"servers\": {\"A\": {\"host\": \"192.0.2.7\", \"port\": 1}}}', : no server's address is on this machine; name another"})
    void ofATopologyAreNamedWithTheFile(String json, String message) throws IOException {
        Path topology = Files.writeString(folder.resolve("city.json"), json);
        CommandRun run = CommandRun.of("up", "--topology", topology.toString());
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err()).startsWith("herd: " + topology + message.strip()).hasLineCount(1);
    }
}
