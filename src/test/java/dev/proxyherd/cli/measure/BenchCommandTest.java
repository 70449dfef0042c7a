package dev.proxyherd.cli.measure;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonParser;
import dev.proxyherd.bench.ScriptedServer;
import dev.proxyherd.cli.Main;
import dev.proxyherd.server.TestHerd;
import dev.proxyherd.tls.TestAuthority;
import dev.proxyherd.tls.TestAuthority.Wanted;
import dev.proxyherd.tls.TlsFiles;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class BenchCommandTest {
    @TempDir
    private Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int bench(int port, String... options) throws IOException {
        Path topology = folder.resolve("herd.json");
        Files.writeString(topology,
                "{\"servers\": {\"Alford\": {\"host\": \"127.0.0.1\", \"port\": " + port + "}}, \"links\": []}");
        List<String> args = new ArrayList<>(List.of("bench", "--topology", topology.toString()));
        args.addAll(List.of(options));
        CommandLine line = Main.commandLine(Map.of(), args.toArray(String[]::new));
        line.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
        return line.execute(args.toArray(String[]::new));
    }

    @Test
    void printsATableAndWritesWhatWasAskedFor() throws Exception {
        Path json = folder.resolve("r.json");
        Path plot = folder.resolve("p.svg");
        try (ScriptedServer server = ScriptedServer.friendly()) {
            int exit = bench(server.port(), "--duration", "1s", "--warmup", "0s", "--connections", "2", "--mix", "50",
                    "--json", json.toString(), "--plot", plot.toString());

            assertThat(exit).isZero();
            assertThat(out.toString()).contains("p99.9", "IAMAT", "WHATSAT", "errors: none");
            assertThat(err.toString()).isEmpty();
            assertThat(JsonParser.parseString(Files.readString(json)).isJsonObject()).isTrue();
            assertThat(plot).isNotEmptyFile();
        }
    }

    @Test
    void measuresInTls() throws Exception {
        TestAuthority authority = new TestAuthority("authority");
        TlsFiles files =
                authority.write(folder.resolve("tls"), authority.issue("Alford", new Wanted().ip("127.0.0.1")));
        Path foreign = Objects.requireNonNull(
                new TestAuthority("foreign").files(folder.resolve("foreign"), "Alford").authorities());
        try (TestHerd herd = new TestHerd(folder, "Alford")) {
            String address = "127.0.0.1:" + herd.listenTls("Alford");
            herd.tls("Alford", files).startAll();
            List<String> args = new ArrayList<>(List.of("--duration", "1s", "--warmup", "0s", "--connections", "2",
                    "--mix", "50", "--server", address, "--tls", "--tls-ca", String.valueOf(files.authorities())));

            assertThat(bench(1, args.toArray(String[]::new))).as("%s", err).isZero();
            assertThat(out.toString()).contains("127.0.0.1: 2 connections", "IAMAT", "WHATSAT", "errors: none");

            args.set(args.size() - 1, foreign.toString());
            assertThat(bench(1, args.toArray(String[]::new))).isEqualTo(2);
            assertThat(err.toString()).contains("no server 127.0.0.1 (" + address
                    + "): the certificate CN=Alford does not come from an authority in ");

            args.remove("--tls");
            assertThat(bench(1, args.toArray(String[]::new))).isEqualTo(2);
            assertThat(err.toString()).contains("--tls-ca needs --tls");
        }
    }

    @Test
    void jsonOnStandardOutputStandsAlone() throws Exception {
        try (ScriptedServer server = ScriptedServer.friendly()) {
            bench(server.port(), "--duration", "1s", "--warmup", "0s", "--json", "-");

            assertThat(JsonParser.parseString(out.toString()).getAsJsonObject().get("answers").getAsLong())
                    .isPositive();
            assertThat(err.toString()).contains("errors: none");
        }
    }

    @Test
    void errorsGiveOne() throws Exception {
        try (ScriptedServer server = new ScriptedServer(line -> "? " + line + '\n')) {
            assertThat(bench(server.port(), "--duration", "1s", "--warmup", "0s")).isEqualTo(1);
            assertThat(out.toString()).contains("requests answered ?");
        }
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void aResultThatCannotBeWrittenGivesTwoAndNamesTheFile() throws Exception {
        try (ScriptedServer server = ScriptedServer.friendly()) {
            assertThat(bench(server.port(), "--duration", "50ms", "--warmup", "0s", "--json", "/dev/full"))
                    .isEqualTo(2);
            assertThat(err.toString()).isEqualTo("herd: --json /dev/full cannot be written: No space left on device\n");
        }
    }

    @Test
    void aPlotIsSvgAndAnotherNameIsRefusedBeforeAnythingIsMeasured() throws Exception {
        assertThat(bench(1, "--plot", "latency.png")).isEqualTo(2);
        assertThat(err.toString())
                .isEqualTo("herd: --plot latency.png: it is drawn as SVG; end the name with .svg\n");
    }

    @Test
    void noServerGivesTwoAndSaysWhich() throws Exception {
        ScriptedServer server = ScriptedServer.friendly();
        server.close();

        assertThat(bench(server.port())).isEqualTo(2);
        assertThat(err.toString()).contains("no server Alford (127.0.0.1:" + server.port() + ')');
    }

    @ParameterizedTest
    @ValueSource(strings = {"--connections=0", "--depth=2000", "--rate=0", "--rate=NaN", "--mix=101", "--clients=0",
        "--radius=51", "--bound=21", "--duration=0s", "--server=Nobody", "--plot=p.gif", "--plot=p.png", "--plot=svg",
        "--plot=/nowhere/p.svg", "--duration=soon"})
    void wrongUsageGivesTwoAndOneReason(String option) throws Exception {
        assertThat(bench(1, option)).isEqualTo(2);
        assertThat(err.toString()).contains(option.substring(0, option.indexOf('=')).replace("--server", "Nobody"));
        assertThat(out.toString()).isEmpty();
    }
}
