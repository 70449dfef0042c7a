package dev.proxyherd.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.proxyherd.gateway.Gateway;
import dev.proxyherd.gateway.GatewaySettings;
import dev.proxyherd.journal.FsyncPolicy;
import dev.proxyherd.status.ForgetOutcome;
import dev.proxyherd.status.HerdStatus;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** HTTP ports beside the line ports of a whole herd. */
@Timeout(60)
class GatewayHerdTest {
    private static final HerdStatus NO_STATUS = new HerdStatus("Alford", List.of());

    @TempDir
    Path dir;

    private static String get(Gateway gateway, String target) throws IOException, InterruptedException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(HttpRequest.newBuilder(URI.create(gateway.url()).resolve(target))
                    .timeout(Duration.ofSeconds(20)).build(), HttpResponse.BodyHandlers.ofString()).body();
        }
    }

    private static Gateway open(HerdServer server) throws IOException {
        return server.openHttp(GatewaySettings.loopback(0), () -> NO_STATUS,
                client -> new ForgetOutcome(Map.of(), List.of(client), Map.of(), List.of()));
    }

    @Test
    void aPhonesReportReachesEveryServer() throws Exception {
        try (TestHerd herd = new TestHerd(dir, "Alford", "Welsh").link("Alford", "Welsh")) {
            Gateway alford = open(herd.start("Alford"));
            Gateway welsh = open(herd.start("Welsh"));

            get(alford, "/osmand?id=phone&lat=34.5&lon=-118&timestamp=1400794645");
            Await.until("Welsh knows the phone", () -> !get(welsh, "/api/clients/phone").contains("\"status\":404"));

            assertThat(get(welsh, "/api/clients/phone")).contains("\"server\":\"Alford\"",
                    "\"coordinates\":[-118,34.5]");
            assertThat(get(welsh, "/api/nearby?lat=34.5&lon=-118")).contains("\"id\":\"phone\"");
            assertThat(get(welsh, "/metrics"))
                    .contains("herd_flood_delay_seconds_count{neighbour=\"Alford\",outcome=\"accepted\"} 1");
        }
    }

    @Test
    void whatTheJournalBroughtBackIsShown() throws Exception {
        try (TestHerd herd = new TestHerd(dir, "Alford").journal(FsyncPolicy.ALWAYS)) {
            get(open(herd.start("Alford")), "/osmand?id=phone&lat=34.5&lon=-118&timestamp=1400794645");
        }
        try (TestHerd herd = new TestHerd(dir, "Alford").journal(FsyncPolicy.ALWAYS)) {
            assertThat(get(open(herd.start("Alford")), "/api/clients")).contains("\"id\":\"phone\"");
        }
    }

    @Test
    void lookupsOfBothPortsAreMeasured() throws Exception {
        try (TestHerd herd = new TestHerd(dir, "Alford")) {
            Gateway gateway = open(herd.start("Alford"));
            try (RawClient client = herd.connect("Alford")) {
                client.ask("IAMAT kiwi +34-118 3");
                client.askForPlaces("WHATSAT kiwi 10 2");
            }
            get(gateway, "/api/clients/kiwi/places");

            assertThat(get(gateway, "/metrics"))
                    .containsPattern("herd_places_lookup_duration_seconds_count\\{outcome=\"\\w+\"} 2\n");
        }
    }

    @Test
    void aServerHasOnePortAtMost() throws Exception {
        try (TestHerd herd = new TestHerd(dir, "Alford")) {
            HerdServer server = herd.start("Alford");
            open(server);

            assertThatThrownBy(() -> open(server)).isInstanceOf(IllegalStateException.class);
        }
    }

    @Test
    void thePortClosesWithTheServer() throws Exception {
        try (TestHerd herd = new TestHerd(dir, "Alford")) {
            HerdServer server = herd.start("Alford");
            Gateway gateway = open(server);
            assertThat(get(gateway, "/readyz")).isEqualTo("ready\n");

            server.stop();

            assertThatThrownBy(() -> get(gateway, "/readyz")).isInstanceOf(ConnectException.class);
        }
    }
}
