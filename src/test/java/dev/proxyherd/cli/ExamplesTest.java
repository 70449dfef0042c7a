package dev.proxyherd.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.junit.jupiter.api.parallel.ExecutionMode.CONCURRENT;
import static org.junit.jupiter.api.parallel.ResourceAccessMode.READ;

import dev.proxyherd.server.Await;
import dev.proxyherd.server.FreePorts;
import dev.proxyherd.server.RawClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The examples of the documents and of every {@code --help}, run by a shell as they stand, beside the herd that the first of
 * them starts, which knows the client that others ask about. An example that is in none of these lists must end by itself.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ExamplesTest {
    private static final String HERD = "herd up";
    private static final String WHAT_IS_KNOWN = "what the herd knows";

    private static final Map<String, String> NOT_RUN = Map.of(
            "herd COMMAND --help", "COMMAND stands for any",
            "HERD_HTTP_TOKEN=a-token-that-nobody-guesses bin/herd up --http 0.0.0.0:8080", "lets others in",
            "herd places 51.5074 -0.1278 2 --places overpass", "needs the network",
            "herd --name Alford --listen-tls 0.0.0.0:12443 --tls-cert /etc/herd/tls.crt --tls-key /etc/herd/tls.key",
            "needs certificates",
            "herd --name Alford --tls-cert /etc/herd/tls.crt --tls-key /etc/herd/tls.key --tls-ca /etc/herd/ca.crt",
            "needs certificates",
            "herd --name Alford --listen-tls 0.0.0.0:12443 --tls-cert tls.crt --tls-key tls.key --tokens tokens.json "
                    + "--tls-client-ca fleet.crt",
            "needs certificates",
            "openssl s_client -quiet -connect alford.example.org:12443 -cert van7.crt -key van7.key",
            "needs a server with certificates",
            "herd up --tokens family.json", "runs beside what another example makes",
            "herd whatsat kiwi 10 5 --tls --server alford.example.org:12443", "needs a server with certificates",
            "HERD_PLACES_KEY=... herd places 51.5074 -0.1278 2 --places google", "needs the network and a key");

    /** What runs until it is stopped, and what it prints when it is well under way. */
    private static final Map<String, String> ENDLESS = Map.of(
            HERD, "5 servers are up",
            "herd --name Alford", "Ctrl-C stops it.",
            "herd up --topology city.json --state-dir /var/lib/herd", "5 servers are up",
            "herd --name Hamilton --topology herd-topology.json", "Ctrl-C stops it.",
            "herd up --fences fences.geojson", "5 servers are up",
            "herd status --watch", "converged: all 5",
            "herd simulate --clients 1000", " reports, ",
            "herd simulate --clients 10000 --cities 200 --interval 5s --server Parker", " reports, ",
            "curl -N localhost:8080/api/events", "retry: ");

    /** How to find out whether a program is here that the herd does not bring along. */
    private static final Map<String, String> FOREIGN = Map.of(
            "nc ", "nc -h 2>&1 | grep -q -e -N", "curl ", "command -v curl");

    private Path dir;
    private BuiltClone clone;
    private TestTopology topology;
    private Map<String, String> replaced;
    private HerdProcess herd;

    @BeforeAll
    void startAsTheReadmeShows(@TempDir Path folder) throws IOException {
        dir = folder;
        clone = BuiltClone.make(dir);
        topology = TestTopology.write(dir);
        int http = FreePorts.next();
        replaced = Map.of("12000", topology.ports().get("Alford").toString(), ":8080", ":" + http,
                "/var/lib/herd", "lib/herd", "--duration 1m", "");
        String track = "lat,lon,time\n34.06893,-118.445127,1400794645\n34.06894,-118.445127,1400794645.5\n";
        Files.writeString(dir.resolve("run.gpx"), "<gpx><trk><trkseg><trkpt lat='34.06893' lon='-118.445127'>"
                + "<time>2014-05-22T21:37:25Z</time></trkpt></trkseg></trk></gpx>");
        Files.writeString(Files.createDirectory(dir.resolve("taxis")).resolve("one.csv"), track);
        Files.writeString(dir.resolve("bus.csv"), "bus,lat,lon,seen\nb7,34.06893,-118.445127,2014-05-22T21:37:25Z\n");
        Files.writeString(dir.resolve("tokens.json"),
                "{\"tokens\": [{\"name\": \"bob\", \"sha256\": \"" + "0".repeat(64) + "\"}]}");
        Files.writeString(dir.resolve("log.nmea"),
                "$GPRMC,123519,A,4807.038,N,01131.000,E,022.4,084.4,230394,003.1,W*6A\n");
        Files.writeString(dir.resolve("fences.geojson"), Example.fences());
        // Makes the class archive, which takes a while of its own.
        assertThat(clone.start(dir, Map.of(), "bin/herd --version").exitCode()).isZero();
        herd = clone.start(dir, Map.of("HERD_HTTP", String.valueOf(http)), "exec bin/" + HERD).awaitUp();
        try (RawClient client = topology.connect("Alford")) {
            client.ask("IAMAT kiwi.cs.ucla.edu +34.068930-118.445127 1400794645");
            for (String toBeForgotten : List.of("bus-17", "bench-00000000")) {
                client.ask("IAMAT " + toBeForgotten + " +34.068930-118.445127 1400794645");
            }
        }
        assertThat(herd.out()).contains("Live map of Alford: http://127.0.0.1:" + http + '/');
    }

    @AfterAll
    void stop() throws IOException {
        herd.signal("TERM");
        assertThat(herd.exitCode()).isEqualTo(143);
        herd.close();
    }

    private static List<Example> all() throws IOException {
        return Stream.concat(Example.ofDocuments().stream(), Example.ofHelp().stream())
                .collect(Collectors.toMap(Example::toString, one -> one, (first, again) -> first, LinkedHashMap::new))
                .values().stream().toList();
    }

    /** Builds are left out: they would run this test again, or write where it is running from; KafkaDocumentTest has a broker. */
    private static boolean ends(Example one) {
        return !one.command().startsWith("mvn ") && !one.command().contains("herd kafka ")
                && !NOT_RUN.containsKey(one.toString())
                && !ENDLESS.containsKey(one.toString());
    }

    private static boolean mustBeUndisturbed(Example one) {
        return one.output() != null || one.command().contains("herd status");
    }

    private static List<Example> undisturbed() throws IOException {
        return all().stream().filter(one -> ends(one) && mustBeUndisturbed(one)).toList();
    }

    private static List<Example> ending() throws IOException {
        return all().stream().filter(one -> ends(one) && !mustBeUndisturbed(one)).toList();
    }

    private static List<Example> endless() throws IOException {
        return all().stream().filter(one -> !one.toString().equals(HERD) && ENDLESS.containsKey(one.toString()))
                .toList();
    }

    @Test
    void areFoundAndSoAreTheExceptions() throws IOException {
        List<String> all = all().stream().map(Example::toString).toList();
        assertThat(all).contains(HERD).containsAll(NOT_RUN.keySet()).containsAll(ENDLESS.keySet());
    }

    /** These show what the herd knows, or that all of it agrees: nobody else may report meanwhile. */
    @ParameterizedTest
    @MethodSource("undisturbed")
    @ResourceLock(WHAT_IS_KNOWN)
    void endWellWhileNobodyElseReports(Example example) throws IOException {
        endWell(example);
    }

    @ParameterizedTest
    @MethodSource("ending")
    @Execution(CONCURRENT)
    @ResourceLock(value = WHAT_IS_KNOWN, mode = READ)
    void endWell(Example example) throws IOException {
        for (Map.Entry<String, String> program : FOREIGN.entrySet()) {
            assumeTrue(!example.command().contains(program.getKey()) || run(program.getValue()).exitCode() == 0,
                    program.getKey() + "is not here");
        }
        try (HerdProcess run = run(example.command())) {
            int code = run.exitCode();
            boolean mayHaveErrors = run.out().startsWith("? ") || example.command().contains("bench --rate");
            assertThat(code).as("%s: %s", example, run.err()).isIn(0, mayHaveErrors ? 1 : 0);
            assertThat(run.err()).as(example.toString()).doesNotContain("herd: ", "Exception");
            if (example.output() != null) {
                assertThat(normal(run.out())).as(example.toString()).matches(pattern(example.output()));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("endless")
    @Execution(CONCURRENT)
    @ResourceLock(value = WHAT_IS_KNOWN, mode = READ)
    void goOnUntilTheyAreStopped(Example example) throws IOException {
        try (HerdProcess run = run("exec " + example.command())) {
            Await.until(example + " is under way",
                    () -> (run.out() + run.err()).contains(ENDLESS.get(example.toString())));
            run.signal("TERM");
            assertThat(run.exitCode()).isEqualTo(143);
        }
    }

    @Test
    void ofATopologyFileIsOne() throws IOException {
        Path file = Files.writeString(dir.resolve("example.json"), Example.topology().replace("1200", "1"));
        CommandRun run =
                CommandRun.of("status", "--topology", file.toString(), "--state-dir", dir.resolve("state").toString());
        assertThat(run.err()).isEmpty();
        assertThat(run.out()).endsWith("not converged: 2 of 2 servers did not answer\n");
    }

    /** Servers get a folder and ports of their own; all is as short as it can be. */
    private HerdProcess run(String command) throws IOException {
        Path where = dir;
        if (command.contains("herd up") || command.matches(".*herd --name.*")) {
            where = Files.createTempDirectory(dir, "more");
            TestTopology.write(where);
            Files.copy(where.resolve("herd-topology.json"), where.resolve("city.json"));
            Files.writeString(where.resolve("fences.geojson"), Example.fences());
        }
        // In whatever folder, the clone's is on the path.
        String script = command.replaceFirst("^(exec )?bin/herd", "$1herd");
        for (Map.Entry<String, String> replacement : replaced.entrySet()) {
            script = script.replace(replacement.getKey(), replacement.getValue());
        }
        return clone.start(where, Map.of("HERD_HTTP", "0", "HERD_WARMUP", "10ms", "HERD_DURATION", "100ms",
                "HERD_JAVA_OPTS", "-XX:TieredStopAtLevel=1"), script);
    }

    private static String normal(String output) {
        return output.replaceAll("(?m)^(AT \\w+) [+-]\\d+\\.\\d{9} ", "$1 SKEW ").replaceAll("\\b\\d{10}\\.\\d{9}\\b",
                "TIME");
    }

    /** A line of three dots stands for any lines. */
    private static Pattern pattern(String shown) {
        return Pattern.compile(Arrays.stream(normal(shown).split("(?m)^…\n", -1)).map(Pattern::quote)
                .collect(Collectors.joining("(?s:.*)")));
    }
}
