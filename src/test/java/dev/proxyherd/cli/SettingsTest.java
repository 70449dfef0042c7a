package dev.proxyherd.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.proxyherd.io.OwnerOnly;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What servers refuse to start with: none of these runs starts one. */
@Timeout(value = 60, threadMode = ThreadMode.SEPARATE_THREAD)
class SettingsTest {
    @TempDir
    private Path folder;

    private Path file;

    @BeforeEach
    void name() {
        file = folder.resolve("city.json");
    }

    private void topology(String settings) throws IOException {
        Files.writeString(file, "{\"servers\": {\"A\": {\"host\": \"127.0.0.1\", \"port\": 1}}" + settings + "}");
    }

    private CommandRun refused(Map<String, String> environment, String... more) {
        String[] args = new String[more.length + 6];
        System.arraycopy(new String[] {"--name", "A", "--topology", file.toString(), "--state-dir", folder.toString()},
                0, args, 0, 6);
        System.arraycopy(more, 0, args, 6, more.length);
        CommandRun run = CommandRun.with(environment, args);
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).doesNotContain("Exception", "\tat ");
        return run;
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "--max-connections 0  | --max-connections must be",
        "--max-line 63        | --max-line must be",
        "--max-line 65537     | --max-line must be",
        "--idle-timeout 999ms | --idle-timeout must be",
        "--idle-timeout 366d  | --idle-timeout must be",
        "--unread-timeout 0   | --unread-timeout must be",
        "--unread-timeout 999999999d | --unread-timeout must be",
        "--log-size 4095K     | --log-size must be at least 4M",
        "--listen here        | --listen here: write HOST:PORT",
        "--http B=8080        | --http B=8080: there is no server 'B'; the servers are A",
        "--http 1 --http-origin example.org | --http-origin example.org: write it as browsers do",
        "--http 1 --http-host http://a | --http-host http://a: write a name",
        "--places-deadline 1ms | --places-deadline in milliseconds must be 50 to 60000",
        "--places-in-flight 0 | --places-in-flight must be",
        "--places-per-second 20000 | --places-per-second must be",
        "--places-cache 2h    | --places-cache in milliseconds must be"})
    void outOfRangeAreRefusedInOneLine(String option, String message) throws IOException {
        topology("");
        assertThat(refused(Map.of(), option.split(" ")).err()).startsWith("herd: " + message).hasLineCount(1);
    }

    @Test
    void anEmptyTokenIsRefusedAsItWouldLetAnybodyIn() throws IOException {
        topology("");
        assertThat(refused(Map.of("HERD_HTTP_TOKEN", ""), "--http", "0.0.0.0:1").err())
                .startsWith("herd: HERD_HTTP_TOKEN: --http-token is empty").hasLineCount(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {" s3cret", "s3cret\n", "s3 cret", " ", "gehäuse", "s3cret\u007f"})
    void aTokenThatNoHeaderCanCarryIsRefusedAsItWouldLetNobodyIn(String token) throws IOException {
        topology("");
        String message = "--http-token holds what no bearer header can carry";
        assertThat(refused(Map.of("HERD_HTTP_TOKEN", token), "--http", "0.0.0.0:1").err())
                .startsWith("herd: HERD_HTTP_TOKEN: " + message).contains("visible ASCII").doesNotContain("s3")
                .hasLineCount(1);
        assertThat(refused(Map.of(), "--http", "0.0.0.0:1", "--http-token", token).err())
                .startsWith("herd: " + message).hasLineCount(1);
    }

    @Nested
    class InTheEnvironment {
        @BeforeEach
        void write() throws IOException {
            topology(", \"logSize\": \"1\"");
        }

        @ParameterizedTest
        @CsvSource(delimiter = '|', value = {
            "HERD_MAX_LINE     | 7       | --max-line must be 1024 to 65536",
            "HERD_MAX_LINE     | x       | Invalid value for option '--max-line': 'x' is no whole number, or too large; write 10 or 5000",
            "HERD_NO_JOURNAL   | perhaps | Invalid value for option '--no-journal': 'perhaps' is neither true nor false",
            "HERD_PLACES       | bing    | --places bing: there is no such provider; there are bundled, google, google-legacy, overpass, file:PATH",
            "HERD_WEBHOOK_SECRET | hush  | --webhook-secret must be whsec_ and the Base64 of 24 to 64 bytes: make one with  echo whsec_$(openssl rand -base64 32)",
            "HERD_LISTEN       | here    | --listen here: write HOST:PORT, or NAME=HOST:PORT"})
        void areNamedByTheirVariable(String variable, String value, String message) {
            assertThat(refused(Map.of(variable, value, "HERD_LOG_SIZE", "4M")).err().lines().findFirst())
                    .hasValue("herd: " + variable + ": " + message);
        }

        @Test
        void areNotBlamedForWhatTheCommandLineSays() {
            Map<String, String> environment = Map.of("HERD_MAX_LINE", "4096", "HERD_LOG_SIZE", "4M");
            assertThat(refused(environment, "--max-line=7").err()).startsWith("herd: --max-line must be");
            assertThat(refused(environment, "--max-line", "x").err())
                    .startsWith("herd: Invalid value for option '--max-line'");
        }

        @Test
        void areNotBlamedForWhatTheTopologyFileSays() {
            assertThat(refused(Map.of("HERD_MAX_LINE", "4096")).err())
                    .startsWith("herd: " + file + ": line 1 column ").contains(": --log-size must be at least 4M");
        }
    }

    @Nested
    class InTheTopologyFile {
        @Test
        void areTheDefaultsOfTheServersOptions() throws IOException {
            topology(",\n \"maxLine\": 7");
            assertThat(refused(Map.of()).err())
                    .isEqualTo("herd: " + file + ": line 2 column 11: --max-line must be 1024 to 65536\n");
            assertThat(refused(Map.of(), "--max-line", "4096", "--log-size", "1").err())
                    .startsWith("herd: --log-size must be");
            assertThat(refused(Map.of("HERD_MAX_LINE", "4096"), "--log-size", "1").err())
                    .startsWith("herd: --log-size must be");
        }

        @Test
        void areTheDefaultsOfUpToo() throws IOException {
            topology(", \"maxLine\": 7");
            CommandRun up = CommandRun.of("up", "--topology", file.toString(), "--state-dir", folder.toString());
            assertThat(up.code()).isEqualTo(2);
            assertThat(up.err()).startsWith("herd: " + file + ": line ").contains(": --max-line must be");
        }

        @Test
        void areRefusedWithTheirPlaceWhenUnknown() throws IOException {
            topology(",\n \"maxLines\": 7");
            assertThat(refused(Map.of()).err()).startsWith("herd: " + file + ": line 2 column ")
                    .contains("unknown key 'maxLines'; the keys are").hasLineCount(1);
        }

        @Test
        void mayBeListsWhereAnOptionTakesSeveral() throws IOException {
            topology(", \"http\": [\"A=1\", \"B=2\"]");
            assertThat(refused(Map.of()).err()).contains(": --http B=2: there is no server 'B'");
            topology(", \"listen\": [\"A=127.0.0.1:1\", \"here\"]");
            assertThat(refused(Map.of()).err()).contains(": --listen here: write HOST:PORT");
            topology(",\n \"http\": {}");
            assertThat(refused(Map.of()).err()).startsWith("herd: " + file + ": line 2 column ")
                    .contains("'http' is no key, or its value is neither text, a number,");
        }

        @Test
        void areNoOptionsOfOtherCommands() throws IOException {
            topology(",\n \"name\": \"A\"");
            assertThat(refused(Map.of()).err()).contains("unknown key 'name'");
            topology(",\n \"timeout\": \"1s\"");
            CommandRun status = CommandRun.of("status", "--topology", file.toString());
            assertThat(status.code()).isEqualTo(2);
            assertThat(status.err()).contains("unknown key 'timeout'");
        }

        @ParameterizedTest
        @ValueSource(strings = {"status", "trace kiwi"})
        void areHeededByCommandsThatShareThemAndTheOthersIgnored(String command) throws IOException {
            topology(", \"maxLine\": 4096, \"stateDir\": \"" + folder.resolve("kept") + "\"");
            CommandRun run = CommandRun.of((command + " --topology " + file).split(" "));
            assertThat(run.code()).isEqualTo(2);
            assertThat(run.err()).startsWith(
                    "herd: " + folder.resolve("kept/secret") + ": the secret cannot be read: no such file or folder;")
                    .hasLineCount(1);
        }

        @Test
        void sayWhatPlacesAsks() throws IOException {
            topology(", \"places\": \"file:" + folder.resolve("none") + "\"");
            CommandRun run = CommandRun.of("places", "51", "-1", "2", "--topology", file.toString());
            assertThat(run.code()).isEqualTo(2);
            assertThat(run.err()).startsWith("herd: ").contains(folder.resolve("none").toString()).hasLineCount(1);
        }

        @Test
        void areRefusedWithTheirPlaceWhenTheirValueIsNone() throws IOException {
            topology(",\n \"maxLine\": \"long\"");
            assertThat(refused(Map.of()).err()).startsWith("herd: " + file + ": line 2 column 11: ")
                    .contains("--max-line", "'long'").hasLineCount(1);
        }
    }

    @Nested
    class TheTopology {
        @Test
        void mustHaveTheServer() throws IOException {
            topology("");
            CommandRun run = CommandRun.of("--name", "B", "--topology", file.toString());
            assertThat(run.code()).isEqualTo(2);
            assertThat(run.err().strip()).isEqualTo("herd: " + file + ": there is no server 'B'; the servers are A");
        }

        @Test
        void mustBeThereAndSound() throws IOException {
            assertThat(refused(Map.of()).err().strip()).isEqualTo(
                    "herd: " + file + ": cannot be read: no such file or folder; name another file");
            Files.writeString(file, "{\"servers\": 7}");
            assertThat(refused(Map.of()).err()).startsWith("herd: " + file + ": line 1 column ").hasLineCount(1);
        }

        @Test
        void mayComeFromTheEnvironment() {
            CommandRun run = CommandRun.with(Map.of("HERD_TOPOLOGY", file.toString(), "HERD_NAME", "A"));
            assertThat(run.code()).isEqualTo(2);
            assertThat(run.err()).startsWith("herd: " + file + ": cannot be read: no such file or folder");
        }
    }

    @Test
    void withAHostThatNobodyKnowsAreNamed() throws IOException {
        Files.writeString(file, "{\"servers\": {\"A\": {\"host\": \"a.invalid\", \"port\": 1}}}");
        assertThat(refused(Map.of()).err()).startsWith("herd: the host of a.invalid:1 is unknown here; mend its name");
        CommandRun up = CommandRun.of("up", "--topology", file.toString(), "--state-dir", folder.toString());
        assertThat(up.code()).isEqualTo(2);
        assertThat(up.err())
                .startsWith("herd: warning: the host of a.invalid:1 is unknown here; its server is left out\n");
    }

    @Test
    void thatOpenTheHerdToOthersNeedASecretOfTheirOwn() throws IOException {
        topology("");
        if (System.getenv("HERD_SECRET") == null) {
            assertThat(refused(Map.of(), "--listen", "0.0.0.0:0").err())
                    .startsWith("herd: 0.0.0.0:0 is not a loopback address")
                    .contains("HERD_SECRET", "--secret-file").hasLineCount(1);
        }
        Path secret = Files.writeString(folder.resolve("s"), "short");
        assertThat(refused(Map.of(), "--secret-file", secret.toString()).err())
                .startsWith("herd: " + secret + ": the secret has 5 bytes; it needs at least 16")
                .doesNotContain("short\n");
    }

    @Nested
    class AFileThatCannotBeUsed {
        private Path file;

        @BeforeEach
        void make() throws IOException {
            topology("");
            file = Files.writeString(folder.resolve("file"), "a secret of more than 16 bytes");
            OwnerOnly.tighten(file);
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        }

        @Test
        void asOthersMayReadItIsWarnedOf() throws IOException {
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
            assertThat(inState(file, "--secret-file", file.toString()).err())
                    .startsWith("herd: warning: not only its owner may read or change the secret in " + file)
                    .contains("chmod 600 " + file);
        }

        @Test
        void asTheSecretIsNamedWithTheReason() {
            assertThat(refused(Map.of(), "--secret-file", folder.toString()).err().strip())
                    .isEqualTo("herd: " + folder + ": the secret cannot be read: Is a directory");
        }

        @Test
        void asItIsTooShortIsToldSoThoughItIsNoText() throws IOException {
            Files.write(file, new byte[] {-1, -2, -61, 40, -1});
            assertThat(refused(Map.of(), "--secret-file", file.toString()).err())
                    .startsWith("herd: " + file + ": the secret has 5 bytes; ");
        }

        @Test
        void asTheStateFolderIsNamedWithTheReason() {
            assertThat(inState(file).err().strip())
                    .isEqualTo("herd: cannot make a secret: " + file + ": is there already, and is no folder");
            assertThat(inState(file, "--secret-file", file.toString()).err().strip())
                    .isEqualTo("herd: A: " + file + ": is there already, and is no folder");
        }

        @Test
        void asItCannotBeMadeIsNamedWithTheReason() {
            Path nowhere = Path.of("/proc/herd");
            Assumptions.assumeTrue(Files.isDirectory(nowhere.getParent()),
                    "a folder where nothing can be made is needed");
            assertThat(inState(nowhere).err()).startsWith("herd: cannot make a secret: " + nowhere + ": ")
                    .hasLineCount(1);
        }

        private CommandRun inState(Path stateDir, String... more) {
            String[] args = {"--name", "A", "--topology", SettingsTest.this.file.toString(), "--state-dir",
                stateDir.toString()};
            return CommandRun.of(Stream.concat(Stream.of(args), Stream.of(more)).toArray(String[]::new));
        }
    }
}
