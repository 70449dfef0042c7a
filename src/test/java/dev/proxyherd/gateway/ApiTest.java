package dev.proxyherd.gateway;

import static dev.proxyherd.gateway.ApiAnswers.get;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the HTTP port answers besides clients and events. */
class ApiTest {
    @AutoClose
    private TestGateway gateway;

    @BeforeEach
    void open(@TempDir Path dir) throws IOException {
        gateway = new TestGateway(dir);
    }

    @Test
    void placesAreTheProvidersDocument() throws IOException {
        gateway.hear("kiwi +34-118 3");

        RawHttp.Answer answer = RawHttp.get(gateway.port(), "/api/clients/kiwi/places?radius=5&limit=1");

        assertThat(answer.body()).contains("\"name\" : \"One\"").doesNotContain("\"name\" : \"Two\"");
        assertThat(JsonParser.parseString(answer.body()).getAsJsonObject().getAsJsonObject("client").get("id")
                .getAsString()).isEqualTo("kiwi");
    }

    @Test
    void theHerdIsServersAndLinks() throws IOException {
        assertThat(get(gateway, "/api/herd").toString()).contains(
                "{\"from\":\"Alford\",\"to\":\"Welsh\",\"state\":\"up\",\"queue\":7,\"sentLines\":100,"
                        + "\"sentBytes\":9000,\"resyncs\":1,\"heardMillisAgo\":250}",
                "\"digest\":\"0123456789abcdef\"",
                "\"converged\":false");
    }

    @Test
    void theApiDescribesItself() throws IOException {
        JsonObject description = get(gateway, "/api/openapi.json");

        assertThat(description.get("openapi").getAsString()).isEqualTo("3.1.0");
        assertThat(description.getAsJsonObject("paths").keySet()).contains("/api/clients", "/api/events", "/osmand");
    }

    @Test
    void metricsAreTextForPrometheus() throws IOException {
        gateway.hear("kiwi +34-118 3");

        RawHttp.Answer answer = RawHttp.get(gateway.port(), "/metrics");

        assertThat(answer.header("Content-Type")).startsWith("text/plain; version=0.0.4");
        assertThat(answer.body()).contains("\nherd_clients 1.0\n",
                "herd_link_queue{from=\"Alford\",to=\"Welsh\"} 7.0", "herd_link_up{from=\"Alford\",to=\"Parker\"} 0.0",
                "jvm_threads_current");
    }

    @Test
    void metricsTellOfLookupsThatWereAskedForHere() throws IOException {
        gateway.hear("kiwi +34-118 3");
        RawHttp.get(gateway.port(), "/api/clients/kiwi/places");

        assertThat(RawHttp.get(gateway.port(), "/metrics").body())
                .contains("\nherd_places_lookup_duration_seconds_count{outcome=\"OK\"} 1\n");
    }

    @Test
    void metricsOfServersAndLinksAreOfOneMoment() throws IOException {
        RawHttp.get(gateway.port(), "/metrics");
        int before = gateway.statusAsked.get();

        RawHttp.Answer answer = RawHttp.get(gateway.port(), "/metrics");

        assertThat(gateway.statusAsked).hasValue(before + 1);
        assertThat(answer.body().lines()
                .filter(line -> line.matches("herd_(link|conn|journal|full|lacking|refused_loc).*")).sorted())
                .containsExactly("""
                        herd_connections{server="Alford"} 3.0
                        herd_full{server="Alford"} 1.0
                        herd_journal_bytes{server="Alford"} 4096.0
                        herd_journal_failing{server="Alford"} 0.0
                        herd_journal_records{server="Alford"} 17.0
                        herd_lacking_clients{server="Alford"} 40.0
                        herd_link_queue{from="Alford",to="Parker"} 0.0
                        herd_link_queue{from="Alford",to="Welsh"} 7.0
                        herd_link_resyncs_total{from="Alford",to="Parker"} 2.0
                        herd_link_resyncs_total{from="Alford",to="Welsh"} 1.0
                        herd_link_sent_bytes_total{from="Alford",to="Parker"} 400.0
                        herd_link_sent_bytes_total{from="Alford",to="Welsh"} 9000.0
                        herd_link_sent_lines_total{from="Alford",to="Parker"} 5.0
                        herd_link_sent_lines_total{from="Alford",to="Welsh"} 100.0
                        herd_link_up{from="Alford",to="Parker"} 0.0
                        herd_link_up{from="Alford",to="Welsh"} 1.0
                        herd_refused_locations_total{door="journal",server="Alford"} 7.0
                        herd_refused_locations_total{door="link",server="Alford"} 6.0
                        herd_refused_locations_total{door="report",server="Alford"} 5.0""".split("\n"));
    }

    @Test
    void healthIsAnsweredInAWord() throws IOException {
        assertThat(RawHttp.get(gateway.port(), "/healthz").body()).isEqualTo("ok\n");
        assertThat(RawHttp.get(gateway.port(), "/readyz").body()).isEqualTo("ready\n");
    }

    @Test
    void whyTheServerIsNotReadyIsSaid() throws IOException {
        gateway.ready.set(false);

        RawHttp.Answer answer = RawHttp.get(gateway.port(), "/readyz");

        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.body()).contains("the server still reads its journal, or is stopping");
        assertThat(RawHttp.get(gateway.port(), "/healthz").status()).isEqualTo(200);
    }

    @Test
    void nothingIsIndexedBeforeSomebodyAsks() throws IOException {
        gateway.hear("kiwi +34-118 3");
        RawHttp.get(gateway.port(), "/");
        RawHttp.get(gateway.port(), "/api/clients/kiwi");
        assertThat(gateway.listeners()).isZero();

        get(gateway, "/api/clients");

        assertThat(gateway.listeners()).isEqualTo(1);
    }
}
