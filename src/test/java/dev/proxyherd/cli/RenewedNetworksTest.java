package dev.proxyherd.cli;

import static dev.proxyherd.cli.FiveHosts.NAMES;
import static org.assertj.core.api.Assertions.assertThat;

import dev.proxyherd.server.Await;
import dev.proxyherd.tls.TestAuthority;
import dev.proxyherd.tls.TestAuthority.Wanted;
import dev.proxyherd.tls.TlsFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Five hosts of which each is given something new while clients go on reporting to all of them. */
@Timeout(240)
class RenewedNetworksTest {
    /** Far less than the first updates take on the wire. */
    private static final int LEAST_CAPTURED = 5 * SteadyReports.CLIENTS * 40;

    @TempDir
    private Path dir;

    private FiveHosts hosts;
    private final Map<String, SteadyReports> reports = new HashMap<>();
    private final List<SteadyReports> all = new ArrayList<>();

    @BeforeEach
    void make() throws IOException {
        hosts = new FiveHosts(dir);
    }

    @AfterEach
    void delete() throws Exception {
        hosts.close();
    }

    private void report(String server, String prefix) throws IOException {
        SteadyReports some = hosts.report(server, prefix);
        Await.until("clients of " + server + " are heard", () -> !some.acknowledged().isEmpty());
        reports.put(server, some);
        all.add(some);
    }

    /** Ends all reports that go on, and finds the newest acknowledged one of each client at every server. */
    private void nothingAcknowledgedIsLost(String... options) throws IOException {
        for (SteadyReports some : reports.values()) {
            some.end();
        }
        Map<String, Integer> acknowledged = new HashMap<>();
        for (SteadyReports some : all) {
            acknowledged.putAll(some.acknowledged());
        }
        assertThat(acknowledged.size()).isEqualTo(all.size() * SteadyReports.CLIENTS);
        hosts.awaitAgreement(acknowledged.size(), options);
        Map<String, Integer> known = hosts.known("Hamilton", acknowledged.keySet());
        // Whoever was disconnected may have reported what it heard no answer to.
        assertThat(acknowledged.entrySet().stream()
                .filter(one -> known.getOrDefault(one.getKey(), -1) < one.getValue())).as("what is lost").isEmpty();
    }

    private TlsFiles files(String name) {
        Path folder = dir.resolve("tls-" + name);
        return new TlsFiles(folder.resolve("tls.crt"), folder.resolve("tls.key"), folder.resolve("ca.crt"));
    }

    private String[] options(String name) {
        TlsFiles files = files(name);
        return new String[] {"--tls-cert", files.certificate().toString(), "--tls-key", files.key().toString(),
            "--tls-ca", String.valueOf(files.authorities())};
    }

    /** Gives all servers certificates of one authority, and whom to trust; each uses them sooner or later. */
    private void give(TestAuthority authority, String subject, List<TestAuthority> trusted) throws IOException {
        for (String name : NAMES) {
            give(name, authority, subject, trusted);
        }
    }

    private void give(String name, TestAuthority authority, String subject, List<TestAuthority> trusted)
            throws IOException {
        TlsFiles files = authority.write(dir.resolve("tls-" + name),
                authority.issue(subject + name, new Wanted().dns(name)));
        Files.writeString(files.authorities(),
                TestAuthority.pem(trusted.stream().map(TestAuthority::certificate).toList()));
    }

    private void awaitUsed(String subject, int times) {
        for (String name : NAMES) {
            hosts.awaitLogged(name, "new connections use the certificate CN=" + subject + name + " from ", times);
        }
    }

    @Test
    void certificatesAndThenTheirAuthorityAreRenewedAndNoLinkOrClientNoticesIt() throws IOException {
        TestAuthority before = new TestAuthority("authority before");
        TestAuthority after = new TestAuthority("authority after");
        give(before, "first-", List.of(before));
        give("command", before, "", List.of(before));
        give("late", after, "", List.of(after));
        Captured captured = hosts.capture();
        for (String name : NAMES) {
            hosts.start(name, null, options(name));
        }
        for (String name : NAMES) {
            hosts.server(name).awaitUp();
            report(name, "moving-client-of-" + name + '-');
        }
        hosts.awaitLinks();

        give(before, "second-", List.of(before, after));
        awaitUsed("second-", 1);
        give(after, "third-", List.of(before, after));
        awaitUsed("third-", 1);
        assertThat(hosts.status(options("command")).exitCode()).as("a command may come with the old one")
                .isNotEqualTo(2);
        give(after, "third-", List.of(after));
        awaitUsed("third-", 2);

        HerdProcess old = hosts.status(options("command"));
        assertThat(old.exitCode()).isEqualTo(1);
        assertThat(old.out()).contains("5 of 5 servers showed a certificate that is not trusted here")
                .contains("untrusted  " + hosts.address("Alford")
                        + ":12000: the certificate CN=third-Alford does not come ");
        nothingAcknowledgedIsLost(options("late"));
        for (String name : NAMES) {
            for (String neighbour : FiveHosts.neighbours(name)) {
                assertThat(hosts.timesLogged(name, "link to " + neighbour + " up")).as("links of " + name).isOne();
            }
        }
        captured.close();
        assertThat(captured.bytes()).isGreaterThan(LEAST_CAPTURED);
        assertThat(captured.contains("moving-client-of-")).as("a client's ID is on the wire").isFalse();
        assertThat(captured.isSealed()).as("nothing but TLS is on the wire").isTrue();
    }

    @Test
    void aNewerBuildIsStartedAtOneAfterAnotherAndClientsOfOthersDoNotNoticeIt() throws IOException {
        Path newer = BuiltClone.jar(Files.createDirectory(dir.resolve("newer")), "9999.1");
        for (String name : NAMES) {
            hosts.start(name, null);
        }
        for (String name : NAMES) {
            hosts.server(name).awaitUp();
            report(name, name + "-before-");
        }
        hosts.awaitLinks();
        for (String name : NAMES) {
            Map<String, Integer> links = new HashMap<>();
            for (String neighbour : FiveHosts.neighbours(name)) {
                links.put(neighbour, hosts.timesLogged(neighbour, "link to " + name + " up"));
            }
            HerdProcess older = hosts.server(name);
            older.signal("TERM");
            assertThat(older.exitCode()).as("%s", older.err()).isEqualTo(143);
            hosts.start(name, newer).awaitUp();
            links.forEach((neighbour, times) -> hosts.awaitLogged(neighbour, "link to " + name + " up", times + 1));
            reports.forEach((server, some) -> assertThat(some.areConnected())
                    .as("clients of %s are connected while %s is another", server, name)
                    .isEqualTo(!server.equals(name)));
            report(name, name + "-after-");
        }
        nothingAcknowledgedIsLost();
    }
}
