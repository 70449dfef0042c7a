package dev.proxyherd.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import dev.proxyherd.server.Await;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Prometheus itself takes the rules, and has an answer to every query of the dashboard when it scrapes a herd. */
class PrometheusTest {
    /** In a herd that is well it has never been counted. */
    private static final String ONLY_OF_FAULTS = "herd_thread_faults_total";

    /** What only servers tell that have to do with a broker. */
    private static final Pattern OF_BROKERS = Pattern.compile("herd_(mqtt|kafka|history)_");

    @TempDir
    private Path dir;

    @BeforeAll
    static void assumeInstalled() {
        Prometheus.assumeInstalled();
    }

    @ParameterizedTest
    @ValueSource(strings = {"check rules herd-alerts.yml", "test rules herd-alerts-test.yml",
        "check config --syntax-only prometheus.yml"})
    void takesTheFilesAsTheyAreShipped(String arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of("promtool"));
        command.addAll(List.of(arguments.split(" ")));
        Process promtool = new ProcessBuilder(command).directory(Packaged.PROMETHEUS.toFile()).redirectErrorStream(true)
                .start();
        String said = new String(promtool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(promtool.waitFor()).as(said).isZero();
        assertThat(said).contains("SUCCESS");
    }

    /** An alert whose test somebody forgot is one of which nobody knows whether it fires. */
    @Test
    void testsEachAlert() throws IOException {
        Set<String> tested = new TreeSet<>();
        Files.readAllLines(Packaged.PROMETHEUS.resolve("herd-alerts-test.yml")).stream()
                .filter(line -> line.strip().startsWith("- alertname: "))
                .forEach(line -> tested.add(line.strip().substring("- alertname: ".length())));
        assertThat(tested).isEqualTo(new TreeSet<>(Packaged.alerts().keySet()));
    }

    @Test
    @Timeout(120)
    void hasAnAnswerToEveryQueryOfTheDashboardAndNoAlertWhileAllIsWell() throws Exception {
        try (WatchedHerd herd = new WatchedHerd(dir);
                Prometheus prometheus = Prometheus.start(dir, herd.http().values())) {
            List<String> unanswered = new ArrayList<>();
            Packaged.queries().stream().map(Map.Entry::getValue)
                    .filter(query -> !query.contains(ONLY_OF_FAULTS) && !OF_BROKERS.matcher(query).find())
                    .forEach(unanswered::add);
            Await.until("there is something to see in each of " + unanswered, () -> {
                herd.use();
                for (String query : List.copyOf(unanswered)) {
                    if (!prometheus.query(query).isEmpty()) {
                        unanswered.remove(query);
                    }
                }
                return unanswered.isEmpty();
            });
            assertThat(prometheus.query("sum(up{job=\"herd\"})").toString()).contains("\"2\"");
            assertThat(prometheus.query("max by (server) (herd_server_up)")).hasSize(2);
            Await.until("nothing has an alert", () -> prometheus.alerts().isEmpty());
        }
    }
}
