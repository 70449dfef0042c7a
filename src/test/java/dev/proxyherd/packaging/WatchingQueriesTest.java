package dev.proxyherd.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import dev.proxyherd.Documents;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * The alerts and the dashboard ask for nothing that servers do not tell: their metrics and labels are those of {@code
 * /metrics}, by what stands in the queries. {@link PrometheusTest} has a real Prometheus ask.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WatchingQueriesTest {
    private static final Pattern TYPE = Pattern.compile("(?m)^# TYPE (\\w+) (\\w+)$");
    private static final Pattern SERIES = Pattern.compile("(?m)^(\\w+)(?:\\{(.*)\\})? \\S+$");
    private static final Pattern LABEL = Pattern.compile("(\\w+)=\"");
    private static final Pattern METRIC = Pattern.compile("\\b((?:herd|jvm|process)_\\w+|up)\\b(?:\\{([^}]*)\\})?");
    private static final Pattern GROUPING = Pattern.compile("\\b(?:by|on)\\s*\\(([^)]*)\\)");
    private static final Pattern MADE = Pattern.compile("label_replace\\(.*?, \"(\\w+)\"");

    /** What Prometheus says of a scrape, and what is on the page once there was a fault. */
    private static final Map<String, Set<String>> KNOWN_OTHERWISE =
            Map.of("up", Set.of(), "herd_thread_faults_total", Set.of("thread"));

    /** What Prometheus adds to each series. */
    private static final Set<String> OF_PROMETHEUS = Set.of("instance", "job");

    private final Map<String, Set<String>> labels = new HashMap<>(KNOWN_OTHERWISE);
    private final Set<String> types = new HashSet<>();

    @BeforeAll
    void readAPage(@TempDir Path dir) throws Exception {
        String page;
        try (WatchedHerd herd = WatchedHerd.withoutItsBrokers(dir)) {
            herd.use();
            page = herd.get("Alford", "/metrics");
        }
        TYPE.matcher(page).results().forEach(type -> types.add(type.group(1)));
        SERIES.matcher(page).results().forEach(one -> LABEL.matcher(one.group(2) == null ? "" : one.group(2)).results()
                .forEach(label -> labels.computeIfAbsent(one.group(1), name -> new TreeSet<>()).add(label.group(1))));
        SERIES.matcher(page).results().forEach(one -> labels.computeIfAbsent(one.group(1), name -> Set.of()));
        assertThat(types).contains("herd_converged");
    }

    private static List<String> all() throws IOException {
        List<String> all = new ArrayList<>(Packaged.alerts().values());
        Packaged.queries().forEach(query -> all.add(query.getValue()));
        return all;
    }

    @Test
    void areMany() throws IOException {
        assertThat(Packaged.alerts()).hasSizeGreaterThan(10);
        assertThat(Packaged.queries()).hasSizeGreaterThan(30);
    }

    @Test
    void askOnlyForMetricsAndLabelsThatThereAre() throws IOException {
        for (String query : all()) {
            Set<String> found = new TreeSet<>(OF_PROMETHEUS);
            Matcher metrics = METRIC.matcher(query);
            while (metrics.find()) {
                assertThat(labels).as(query).containsKey(metrics.group(1));
                Set<String> those = labels.get(metrics.group(1));
                found.addAll(those);
                if (metrics.group(2) != null && !metrics.group(1).equals("up")) {
                    assertThat(names(metrics.group(2).replaceAll("=.*?\"(,|$)", ","))).as(query)
                            .allMatch(those::contains);
                }
            }
            MADE.matcher(query).results().forEach(made -> found.add(made.group(1)));
            GROUPING.matcher(query).results()
                    .forEach(by -> assertThat(found).as(query).containsAll(names(by.group(1))));
        }
    }

    private static List<String> names(String list) {
        return Pattern.compile("\\w+").matcher(list).results().map(name -> name.group()).toList();
    }

    /** What is left out the panel of {@code herd_server_clients} shows, or takes no watching. */
    @Test
    void theDashboardShowsWhatIsMeasured() throws IOException {
        Set<String> shown = new TreeSet<>();
        for (String query : all()) {
            METRIC.matcher(query).results()
                    .forEach(metric -> shown.add(metric.group(1).replaceFirst("_(bucket|count|sum)$", "")));
        }
        assertThat(types.stream().filter(type -> type.startsWith("herd_"))
                .filter(type -> !Set.of("herd_clients", "herd_forgotten", "herd_http_events_total").contains(type)))
                .allMatch(shown::contains);
    }

    @Test
    void theDocumentTellsOfEachAlertAndAfterWhatTimeItComes() throws IOException {
        Map<String, String> told = new TreeMap<>();
        Documents.rows(Documents.section(Documents.ALERTS, "The alerts"))
                .forEach(row -> told.put(Documents.code(row.get(0)).getFirst(), row.get(1)));
        Map<String, String> rules = new TreeMap<>();
        Packaged.alerts("for").forEach((name, time) -> rules.put(name, time == null ? "at once" : time));
        assertThat(told).isEqualTo(rules);
    }
}
