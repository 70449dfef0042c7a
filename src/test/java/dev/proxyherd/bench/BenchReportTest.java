package dev.proxyherd.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.proxyherd.bench.report.BenchJson;
import dev.proxyherd.bench.report.BenchTable;
import dev.proxyherd.bench.report.LatencyPlot;
import java.io.StringReader;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;

class BenchReportTest {
    private static final long MILLI = 1_000_000;
    private static final Instant STARTED = Instant.parse("2026-01-02T03:04:05Z");

    /** Two connections: on one IAMATs of 1 to 1000 ms, on the other some WHATSATs of 2 s, and errors on both. */
    private static BenchResult result() {
        Window window = new Window(0, 0, 10_000 * MILLI);
        Tally one = new Tally(window, false, new LongAdder(), new LongAdder());
        Tally other = new Tally(window, false, new LongAdder(), new LongAdder());
        for (int i = 1; i <= 1000; i++) {
            one.answered(RequestKind.IAMAT, 0, i * MILLI);
        }
        for (int i = 0; i < 10; i++) {
            other.answered(RequestKind.WHATSAT, 0, 2000 * MILLI);
        }
        one.invalid();
        other.invalid();
        other.unanswered(1);
        return BenchResult.of(Plans.closed(12000, 1, 1), STARTED, window, false, List.of(one, other));
    }

    private static BenchResult nothing() {
        return BenchResult.of(Plans.closed(12000, 1, 1), STARTED, new Window(0, 0, 0), true, List.of());
    }

    @Test
    void whatConnectionsCountedIsMerged() {
        BenchResult result = result();

        assertThat(result.answersInTime()).isEqualTo(1010);
        assertThat(result.answersPerSecond()).isEqualTo(101);
        assertThat(result.latencies().get(RequestKind.IAMAT).getTotalCount()).isEqualTo(1000);
        assertThat(result.allLatencies().getTotalCount()).isEqualTo(1010);
        assertThat(result.errors()).isEqualTo(new BenchErrors(2, 0, 0, 0, 1, 0));
    }

    @Test
    void jsonTellsPlanFiguresAndErrors() {
        JsonObject json = JsonParser.parseString(BenchJson.of(result())).getAsJsonObject();

        assertThat(json.keySet()).containsExactly("started", "plan", "seconds", "endedEarly", "answers",
                "answersPerSecond", "latencyMicros", "errors");
        assertThat(json.get("answersPerSecond").getAsDouble()).isEqualTo(101);
        JsonObject latency = json.getAsJsonObject("latencyMicros");
        assertThat(latency.keySet()).containsExactly("from", "all", "iamat", "whatsat");
        assertThat(latency.getAsJsonObject("iamat").keySet())
                .containsExactly("count", "mean", "p50", "p90", "p99", "p999", "max");
        assertThat(latency.getAsJsonObject("iamat").get("p50").getAsDouble()).isBetween(499_000.0, 501_000.0);
        assertThat(json.getAsJsonObject("errors").get("total").getAsInt()).isEqualTo(3);
        assertThat(json.getAsJsonObject("plan").get("loop").getAsString()).isEqualTo("closed");
    }

    @Test
    void theTableHasALineForEachKindAndOneForAll() {
        List<String> rows = BenchTable.rows(result());

        assertThat(rows).hasSize(4);
        assertThat(rows.get(1)).startsWith("IAMAT").contains("1,000").contains("990 ms");
        assertThat(rows.get(2)).startsWith("WHATSAT").contains("2.00 s");
        assertThat(rows.get(3)).startsWith("all").contains("1,010");
        assertThat(BenchTable.errors(result().errors()))
                .isEqualTo("errors: 2 requests answered ?, 1 requests unanswered");
    }

    @Test
    void theTitleTellsTheRateThatWasAskedFor() {
        for (String rate : List.of("0.4", "1.5", "20,000", "10,000,000")) {
            BenchPlan plan = Plans.plan(12000, 2, 1, Double.parseDouble(rate.replace(",", "")), 300, 0);
            BenchResult result = BenchResult.of(plan, STARTED, new Window(0, 0, 10_000 * MILLI), false, List.of());
            assertThat(BenchTable.title(result))
                    .contains("open loop, " + rate + " requests due a second; 10.0 s measured");
        }
    }

    @Test
    void svgIsWellFormedWithAxesLegendAndACurveForEachKind() throws Exception {
        String svg = LatencyPlot.svg(result());

        Document document = DocumentBuilderFactory.newInstance().newDocumentBuilder()
                .parse(new InputSource(new StringReader(svg)));
        assertThat(document.getDocumentElement().getTagName()).isEqualTo("svg");
        // Each curve has a sample of itself in the legend.
        assertThat(document.getElementsByTagName("polyline").getLength()).isEqualTo(4);
        assertThat(svg)
                .contains(">99.9 %<", ">latency<", ">IAMAT<", ">WHATSAT<", "prefers-color-scheme: dark")
                .doesNotContain("NaN", "Infinity");
    }

    @Test
    void aRunWithoutAnswersCanBeToldToo() throws Exception {
        String svg = LatencyPlot.svg(nothing());

        assertThat(svg).doesNotContain("NaN", "Infinity");
        assertThat(BenchTable.rows(nothing())).hasSize(2);
        assertThat(BenchTable.title(nothing())).endsWith("closed loop; nothing measured, ended while warming up");
        assertThat(JsonParser.parseString(BenchJson.of(nothing())).getAsJsonObject().get("endedEarly").getAsBoolean())
                .isTrue();
    }
}
