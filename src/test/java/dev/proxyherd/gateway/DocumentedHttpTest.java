package dev.proxyherd.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonParser;
import dev.proxyherd.Documents;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The tables of http.md and what the port serves are the same, in both directions. */
class DocumentedHttpTest {
    private static final Pattern TYPE = Pattern.compile("(?m)^# TYPE (herd_\\w+) (\\w+)$");
    private static final Pattern REASON = Pattern.compile("(?m)^herd_http_refused_reports_total\\{reason=\"(\\w+)\"");
    private static final Pattern IN_SOURCES = Pattern.compile("\"(herd_\\w+)\"");

    @AutoClose
    private TestGateway gateway;

    @BeforeEach
    void open(@TempDir Path dir) throws IOException {
        gateway = new TestGateway(dir);
    }

    private String get(String path) throws IOException, InterruptedException {
        try (HttpClient http = HttpClient.newHttpClient()) {
            return http.send(HttpRequest.newBuilder(URI.create(gateway.url()).resolve(path)).build(),
                    HttpResponse.BodyHandlers.ofString()).body();
        }
    }

    private static Set<String> firsts(String heading) throws IOException {
        Set<String> names = new TreeSet<>();
        Documents.rows(Documents.section(Documents.HTTP, heading))
                .forEach(row -> names.addAll(Documents.code(row.get(0))));
        return names;
    }

    private static Map<String, String> toldMetrics() throws IOException {
        Map<String, String> told = new TreeMap<>();
        Documents.rows(Documents.section(Documents.HTTP, "Metrics"))
                .forEach(row -> told.put(Documents.code(row.get(0)).getFirst(), row.get(1)));
        return told;
    }

    @Test
    void tellsOfEachMetricOnThePageWhatKindItIs() throws Exception {
        Map<String, String> page = TYPE.matcher(get("/metrics")).results()
                .collect(Collectors.toMap(type -> type.group(1), type -> type.group(2)));
        assertThat(page).hasSizeGreaterThan(10);
        assertThat(toldMetrics()).containsAllEntriesOf(page);
    }

    /** Some are on the page only once something has been measured. */
    @Test
    void tellsOfEachMetricInTheSourcesAndOfNoOther() throws IOException {
        Set<String> inSources = new TreeSet<>();
        try (Stream<Path> files = Files.walk(Path.of("src/main/java/dev/proxyherd/gateway"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                IN_SOURCES.matcher(Files.readString(file)).results().map(name -> name.group(1)).forEach(inSources::add);
            }
        }
        Set<String> told = new TreeSet<>();
        toldMetrics().forEach((name, kind) -> {
            assertThat(name.endsWith("_total")).as(name).isEqualTo(kind.equals("counter"));
            told.add(name.replaceFirst("_total$", ""));
        });
        assertThat(told).isEqualTo(inSources);
    }

    @Test
    void tellsAllReasonsForWhichReportsAreRefused() throws Exception {
        Set<String> reasons = REASON.matcher(get("/metrics")).results().map((MatchResult reason) -> reason.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(firsts("What is not taken in")).isEqualTo(reasons);
    }

    @Test
    void tellsAllPathsThatTheApiDescribes() throws Exception {
        Set<String> paths = new TreeSet<>(
                JsonParser.parseString(get("/api/openapi.json")).getAsJsonObject().getAsJsonObject("paths").keySet());
        assertThat(firsts("The API")).isEqualTo(paths);
    }
}
