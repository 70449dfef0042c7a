package dev.proxyherd.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.proxyherd.server.Await;
import dev.proxyherd.tls.TestAuthority;
import dev.proxyherd.tls.TestAuthority.Wanted;
import dev.proxyherd.tls.TlsFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Servers on hosts of their own, and who listens on the wire between them, or shows what nobody should accept. */
@Timeout(240)
class SealedNetworksTest {
    private static final int CLIENTS = 1_000;
    private static final String CLIENT = "client-on-the-move-";

    /** Far less than the updates take on the wire, which cross it twice. */
    private static final int LEAST_CAPTURED = CLIENTS * 40;

    private final Map<String, HerdProcess> servers = new LinkedHashMap<>();
    private final List<HerdProcess> processes = new ArrayList<>();

    @TempDir
    private Path dir;

    private Namespaces networks;
    private Path topology;
    private Captured captured;

    @BeforeEach
    void makeSecret() throws IOException {
        Files.writeString(dir.resolve("the-secret"), "a secret for tests only");
    }

    @AfterEach
    void deleteAll() throws IOException {
        processes.forEach(HerdProcess::close);
        if (captured != null) {
            captured.close();
        }
        if (networks != null) {
            networks.close();
        }
    }

    /** Makes a network for each of them; the first one is the neighbour of all others. */
    private void makeNetworks(String... names) throws IOException {
        networks = Namespaces.make(names);
        String addresses = List.of(names).stream().map(name -> "\"" + name + "\": {\"host\": \""
                + networks.addresses().get(name) + "\", \"port\": 12000}").collect(Collectors.joining(", "));
        String links = List.of(names).stream().skip(1).map(name -> "[\"" + names[0] + "\", \"" + name + "\"]")
                .collect(Collectors.joining(", "));
        topology = Files.writeString(dir.resolve("herd.json"),
                "{\"servers\": {" + addresses + "}, \"links\": [" + links + "]}");
    }

    private HerdProcess run(String network, Path input, List<String> arguments, String... more) throws IOException {
        List<String> all = new ArrayList<>(arguments);
        all.addAll(List.of("--topology", topology.toString()));
        all.addAll(List.of(more));
        HerdProcess process =
                HerdProcess.startInNetwork(dir, networks.space(network), input, all.toArray(String[]::new));
        processes.add(process);
        return process;
    }

    private void start(String name, String... more) throws IOException {
        servers.put(name, run(name, null,
                List.of("--name", name, "--secret-file", "the-secret", "--state-dir", "state-" + name), more));
    }

    private static String[] options(TlsFiles files) {
        List<String> options = new ArrayList<>(
                List.of("--tls-cert", files.certificate().toString(), "--tls-key", files.key().toString()));
        if (files.authorities() != null) {
            options.addAll(List.of("--tls-ca", files.authorities().toString()));
        }
        return options.toArray(String[]::new);
    }

    private void report(String server) throws IOException {
        String commands =
                IntStream.range(0, CLIENTS).mapToObj(i -> "IAMAT " + CLIENT + i + " +34-118 " + (i + 1) + '\n')
                        .collect(Collectors.joining());
        Path input = Files.writeString(dir.resolve("commands"), commands);
        HerdProcess send = run(server, input, List.of("send", "--server", server, "--timeout", "60s"));
        assertThat(send.exitCode()).as("%s", send.err()).isZero();
    }

    /** Asks from the switch until so many servers know the same clients. */
    private void awaitKnown(int servers, String... more) throws IOException {
        try (HerdProcess watch = run("switch", null, List.of("status", "--json", "--watch", "200ms", "--secret-file",
                "the-secret", "--timeout", "5s"), more)) {
            Await.until(servers + " servers know all clients", () -> {
                String[] lines = watch.out().split("\n");
                return lines[lines.length - 1].split("\"clients\":" + CLIENTS + ",", -1).length == servers + 1;
            });
        }
    }

    private void awaitLog(String server, String text) {
        Await.until(server + " logs '" + text + '\'', () -> Files.readString(
                dir.resolve("state-" + server + "/server-" + server + ".log"), StandardCharsets.ISO_8859_1)
                .contains(text));
    }

    @Nested
    class WhoListensOnTheWire {
        /** What crosses the switch while updates are flooded. */
        private void capture(String... options) throws IOException {
            makeNetworks("Alford", "Bolden", "Welsh");
            captured = Captured.in(networks.space("switch"), dir);
            for (String name : networks.addresses().keySet()) {
                start(name, options);
            }
            servers.values().forEach(HerdProcess::awaitUp);
            report("Bolden");
            awaitKnown(3, options);
            captured.close();
            assertThat(captured.bytes()).as("bytes that were captured").isGreaterThan(LEAST_CAPTURED);
        }

        @Test
        void seesNoClientWhereLinksAreSealedByTheSecretAlone() throws IOException {
            capture();
            assertThat(captured.contains(CLIENT)).as("a client's ID is on the wire").isFalse();
            assertThat(captured.isSealed()).as("nothing but TLS is on the wire").isTrue();
        }

        @Test
        void seesClientsWhereLinksAreNotSealed() throws IOException {
            capture("--link-tls", "never");
            assertThat(captured.contains(CLIENT)).as("a client's ID is on the wire").isTrue();
            assertThat(captured.isSealed()).as("nothing but TLS is on the wire").isFalse();
        }
    }

    @Nested
    class WithAnAuthority {
        private final TestAuthority authority = new TestAuthority("herd authority");

        private TlsFiles write(String name, Wanted wanted) throws IOException {
            return authority.write(dir.resolve("tls-" + name), authority.issue(name, wanted));
        }

        private void isRefused(String name, String why) {
            awaitLog("Alford", "no link to " + name + " (" + networks.addresses().get(name)
                    + ":12000): the certificate CN=" + name + ' ' + why);
            awaitLog(name, "no link to Alford (" + networks.addresses().get("Alford")
                    + ":12000): it refused: the certificate CN=" + name + ' ' + why);
        }

        @Test
        void thoseItHasCertifiedLinkAndAllOthersAreRefusedInWords() throws IOException {
            makeNetworks("Alford", "Bolden", "Hamilton", "Parker", "Welsh");
            Instant now = Instant.now();
            TlsFiles foreign = new TestAuthority("foreign authority").files(dir.resolve("tls-Hamilton"), "Hamilton");
            captured = Captured.in(networks.space("switch"), dir);
            start("Alford", options(write("Alford", new Wanted().dns("Alford"))));
            start("Bolden", options(write("Bolden", new Wanted().ip(networks.addresses().get("Bolden")))));
            start("Hamilton", options(new TlsFiles(foreign.certificate(), foreign.key(), null)));
            start("Parker", options(write("Parker",
                    new Wanted().dns("Parker").valid(now.minus(Duration.ofDays(9)), now.minusSeconds(60)))));
            start("Welsh", options(write("Welsh", new Wanted().dns("Bolden"))));
            servers.values().forEach(HerdProcess::awaitUp);
            report("Bolden");
            awaitKnown(2, options(write("command", new Wanted().dns("command"))));
            isRefused("Hamilton", "does not come from an authority in ");
            isRefused("Parker", "has expired at ");
            isRefused("Welsh", "is for bolden, not for ");
            assertThat(servers.get("Parker").err()).contains("CN=Parker has expired at ", "renew it");
            assertThat(servers.get("Welsh").err()).contains("CN=Welsh is for bolden, not for ", "renew it");
            captured.close();
            assertThat(captured.contains(CLIENT)).as("a client's ID is on the wire").isFalse();
            assertThat(captured.isSealed()).as("nothing but TLS is on the wire").isTrue();
        }
    }
}
