package dev.proxyherd.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import dev.proxyherd.cli.HerdProcess;
import dev.proxyherd.cli.TestTopology;
import dev.proxyherd.net.ClientLimits;
import dev.proxyherd.net.ConnectionLimits;
import dev.proxyherd.protocol.RandomLocations;
import dev.proxyherd.server.Await;
import dev.proxyherd.server.FreePorts;
import dev.proxyherd.server.RawClient;
import dev.proxyherd.server.TestHerd;
import dev.proxyherd.tls.TestAuthority;
import dev.proxyherd.tls.TestAuthority.Wanted;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * What happens to a herd makes the alert of it true, and no other, in a real Prometheus with the rules as they are shipped;
 * how long it must stay true is what {@code herd-alerts-test.yml} tests.
 */
@Timeout(120)
class HerdAlertsTest {
    private final Map<String, HerdProcess> running = new LinkedHashMap<>();
    private final Map<String, Integer> http = new LinkedHashMap<>();
    private TestTopology topology;

    @TempDir
    private Path dir;

    @BeforeAll
    static void assumeInstalled() {
        Prometheus.assumeInstalled();
    }

    private static Prometheus watch(TestHerd herd, Path dir) throws IOException {
        List<Integer> ports = new ArrayList<>();
        for (String name : herd.names()) {
            ports.add(herd.openHttp(name));
        }
        Prometheus prometheus = Prometheus.start(dir, ports);
        Await.until("all are scraped", () -> prometheus.query("up == 1").size() == ports.size());
        return prometheus;
    }

    private static ClientLimits room(int maxClients) {
        return new ClientLimits(new ConnectionLimits(100, 0), 8192, Duration.ofMinutes(15), Duration.ofSeconds(30),
                Duration.ofDays(100_000), maxClients);
    }

    /** So many clients report that they are there, at this time of theirs. */
    private static void report(RawClient client, int clients, int time) throws IOException {
        StringBuilder reports = new StringBuilder();
        for (int i = 0; i < clients; i++) {
            reports.append("IAMAT c").append(i).append(" +34-118 ").append(time).append('\n');
        }
        client.send(reports.toString());
        for (int i = 0; i < clients; i++) {
            client.readLine();
        }
    }

    /** Five processes; files of Parker's can grow to so many blocks, or without end for 0. */
    private Prometheus startProcesses(int blocksOfParker) throws IOException {
        topology = TestTopology.write(dir);
        for (String name : new String[] {"Alford", "Bolden", "Hamilton", "Parker", "Welsh"}) {
            http.put(name, FreePorts.next());
            String[] arguments =
                    {"--name", name, "--http", http.get(name).toString(), "--http-token", Prometheus.TOKEN};
            running.put(name, name.equals("Parker") && blocksOfParker > 0
                    ? HerdProcess.startWithSizeLimit(dir, blocksOfParker, arguments)
                    : HerdProcess.start(dir, arguments));
        }
        running.values().forEach(HerdProcess::awaitUp);
        Prometheus prometheus = Prometheus.start(dir, http.values());
        Await.until("all are scraped", () -> prometheus.query("up == 1").size() == http.size());
        prometheus.awaitAlerts();
        return prometheus;
    }

    @AfterEach
    void stopProcesses() {
        running.values().forEach(HerdProcess::close);
    }

    @Test
    void aKilledServerIsDownAndItsLinksAreNoOtherNewsUntilAllAreGone() throws IOException {
        try (Prometheus prometheus = startProcesses(0)) {
            running.get("Welsh").signal("KILL");
            prometheus.awaitAlerts("HerdServerDown Welsh", "HerdNotScraped");
            for (String name : List.of("Alford", "Bolden", "Hamilton", "Parker")) {
                running.get(name).signal("KILL");
            }
            prometheus.awaitAlerts("HerdGone", "HerdNotScraped");
        }
    }

    @Test
    void aHungServerIsDown() throws IOException {
        try (Prometheus prometheus = startProcesses(0)) {
            running.get("Hamilton").signal("STOP");
            prometheus.awaitAlerts("HerdServerDown Hamilton", "HerdNotScraped");
            running.get("Hamilton").signal("CONT");
            prometheus.awaitAlerts();
        }
    }

    @Test
    void aJournalThatCanGrowNoFurtherFails() throws IOException {
        try (Prometheus prometheus = startProcesses(128); RawClient client = topology.connect("Alford")) {
            report(client, 5000, 7);
            prometheus.awaitAlerts("HerdJournalFailing Parker");
        }
    }

    @Test
    void aLinkThatIsCutIsDownBothWays() throws IOException {
        try (TestHerd herd = TestHerd.ofFive(dir.resolve("state")).throughProxies().startAll().awaitLinks();
                Prometheus prometheus = watch(herd, dir)) {
            prometheus.awaitAlerts();
            herd.proxy("Alford", "Parker").cut();
            herd.proxy("Parker", "Alford").cut();
            prometheus.awaitAlerts("HerdLinkDown Alford Parker", "HerdLinkDown Parker Alford");
            herd.proxy("Alford", "Parker").heal();
            herd.proxy("Parker", "Alford").heal();
            prometheus.awaitAlerts();
        }
    }

    @Test
    void aNeighbourThatTakesLittleIsSlow() throws IOException {
        try (TestHerd herd = new TestHerd(dir.resolve("state"), "Alford", "Parker").link("Alford", "Parker")
                .throughProxies().startAll().awaitLinks();
                Prometheus prometheus = watch(herd, dir);
                RawClient client = herd.connect("Alford")) {
            prometheus.awaitAlerts();
            herd.proxy("Alford", "Parker").trickle();
            AtomicInteger time = new AtomicInteger();
            Await.until("Parker is slow", () -> {
                report(client, 20_000, time.incrementAndGet());
                return prometheus.alerts().contains("HerdSlowNeighbour Alford Parker");
            });
        }
    }

    @Test
    void aServerThatTakesNoMoreClientsIsFull() throws IOException {
        try (TestHerd herd = new TestHerd(dir.resolve("state"), "Alford", "Parker").link("Alford", "Parker")) {
            herd.start("Alford");
            herd.limits(room(100)).start("Parker");
            try (Prometheus prometheus = watch(herd.awaitLinks(), dir); RawClient client = herd.connect("Alford")) {
                prometheus.awaitAlerts();
                report(client, 1000, 7);
                prometheus.awaitAlerts("HerdFull Parker");
            }
        }
    }

    @Test
    void aClockThatIsAMinuteAheadIsApartAndTakesAPerson() throws Exception {
        try (TestHerd herd = TestHerd.ofFive(dir.resolve("state"))
                .clock("Bolden", () -> Instant.now().plusSeconds(60)).startAll().awaitLinks();
                Prometheus prometheus = watch(herd, dir)) {
            prometheus.awaitAlerts("HerdClockApart Bolden", "HerdFault");
            assertThat(prometheus.query("max by (server) (herd_clock_offset_seconds) > 5").toString())
                    .contains("\"Bolden\"").containsPattern("\"(59|60)\\.\\d+\"");
        }
    }

    @Test
    void certificatesAreToldTwoWeeksBeforeTheirEndAndOnceMore() throws IOException {
        TestAuthority authority = new TestAuthority("herd authority");
        TestHerd herd = new TestHerd(dir.resolve("state"), "Alford", "Parker", "Welsh").link("Alford", "Parker")
                .link("Parker", "Welsh");
        Instant now = Instant.now();
        Map<String, Integer> days = Map.of("Alford", 15, "Parker", 13, "Welsh", 1);
        for (Map.Entry<String, Integer> one : days.entrySet()) {
            herd.tls(one.getKey(), authority.write(dir.resolve(one.getKey()),
                    authority.issue(one.getKey(), new Wanted().dns(one.getKey()).valid(now.minus(Duration.ofDays(1)),
                            now.plus(Duration.ofDays(one.getValue()))))));
        }
        try (herd; Prometheus prometheus = watch(herd.startAll().awaitLinks(), dir)) {
            prometheus.awaitAlerts("HerdCertificateExpiring Parker", "HerdCertificateExpiring Welsh",
                    "HerdCertificateEnds Welsh");
        }
    }

    /** Two that are not linked, as a fault of the program might leave them. */
    @Test
    void serversThatAnswerAndDoNotKnowTheSameHaveNotConverged() throws IOException {
        try (TestHerd herd = new TestHerd(dir.resolve("state"), "Alford", "Parker", "Welsh").link("Parker", "Welsh")
                .startAll().awaitLinks();
                Prometheus prometheus = watch(herd, dir)) {
            prometheus.awaitAlerts();
            herd.merge("Alford", RandomLocations.at("AT Alford +0.263873386 kiwi +34-118 1400794645"));
            prometheus.awaitAlerts("HerdNotConverged");
        }
    }
}
