package dev.proxyherd.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.proxyherd.protocol.Location;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code /api} answers. */
class ApiTest {
    @TempDir
    Path dir;

    private TestGateway gateway;

    @BeforeEach
    void open() throws IOException {
        gateway = new TestGateway(dir);
    }

    @AfterEach
    void close() {
        gateway.close();
    }

    private JsonObject get(String target) throws IOException {
        RawHttp.Answer answer = RawHttp.get(gateway.port(), target);
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return JsonParser.parseString(answer.body()).getAsJsonObject();
    }

    private static List<String> ids(JsonObject collection) {
        List<String> ids = new ArrayList<>();
        for (JsonElement feature : collection.getAsJsonArray("features")) {
            ids.add(feature.getAsJsonObject().get("id").getAsString());
        }
        return ids;
    }

    @Nested
    class OneClient {
        @Test
        void isAFeatureWithItsAtRecord() throws IOException {
            gateway.hear("kiwi +034.068930-118.445127 1400794645.392014450");

            RawHttp.Answer answer = RawHttp.get(gateway.port(), "/api/clients/kiwi");

            assertThat(answer.header("Content-Type")).isEqualTo("application/geo+json");
            assertThat(answer.body()).contains("\"coordinates\":[-118.445127,34.068930]");
            JsonObject properties = JsonParser.parseString(answer.body()).getAsJsonObject().getAsJsonObject("properties");
            assertThat(properties.get("server").getAsString()).isEqualTo("Alford");
            assertThat(properties.get("time").getAsString()).isEqualTo("1400794645.392014450");
            assertThat(properties.get("at").getAsString()).isEqualTo(gateway.store.find("kiwi").toString());
        }

        @Test
        void isNotFoundWhenNobodyHasHeardOfIt() throws IOException {
            RawHttp.Answer answer = RawHttp.get(gateway.port(), "/api/clients/nobody");

            assertThat(answer.status()).isEqualTo(404);
            assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
        }

        @ParameterizedTest
        @CsvSource({
            "café, /api/clients/caf%C3%A9",
            "jane/phone, /api/clients/jane%2Fphone",
            "jane/phone, /api/clients/jane/phone",
            "a+b%20c, /api/clients/a+b%2520c"})
        void isNamedInThePathPercentEncoded(String id, String path) throws IOException {
            gateway.hear(id + " +1+2 3");

            assertThat(get(path).get("id").getAsString()).isEqualTo(id);
        }

        @Test
        void isShownPercentEncodedWhenItsIdIsNoUtf8() throws IOException {
            byte[] line = {'A', 'T', ' ', 'W', ' ', '+', '0', '.', '0', '0', '0', '0', '0', '0', '0', '0', '0', ' ',
                'x', (byte) 0xFF, '%', ' ', '+', '1', '-', '2', ' ', '3'};
            gateway.store.merge(Location.parse(line, 0, line.length, 0));

            JsonObject feature = get("/api/clients/x%FF%25");

            assertThat(feature.get("id").getAsString()).isEqualTo("x%FF%25");
            assertThat(feature.getAsJsonObject("properties").get("encoded").getAsBoolean()).isTrue();
        }

        @Test
        void isEscapedSoThatItMayStandInAPage() throws IOException {
            gateway.hear("</script><b>&\"\\\u2028 +1+2 3");

            RawHttp.Answer answer = RawHttp.get(gateway.port(), "/api/clients");

            assertThat(answer.body()).doesNotContain("<", ">", "&", "\u2028");
            assertThat(ids(JsonParser.parseString(answer.body()).getAsJsonObject()))
                    .containsExactly("</script><b>&\"\\\u2028");
        }
    }

    @Nested
    class Pages {
        @Test
        void holdEveryClientOnce() throws IOException {
            for (int i = 0; i < 25; i++) {
                gateway.hear("c" + i + " +1+" + i + " 3");
            }

            List<String> seen = new ArrayList<>();
            JsonObject page = get("/api/clients?limit=10");
            seen.addAll(ids(page));
            while (page.get("more").getAsBoolean()) {
                page = get("/api/clients?limit=10&cursor=" + page.get("cursor").getAsString());
                seen.addAll(ids(page));
            }

            assertThat(seen).hasSize(25).doesNotHaveDuplicates();
        }

        @Test
        void neverMissAClientThatReportsWhileTheyAreTurned() throws IOException {
            for (int i = 0; i < 20; i++) {
                gateway.hear("c" + i + " +1+" + i + " 3");
            }
            JsonObject first = get("/api/clients?limit=10");
            String seen = ids(first).getFirst();
            gateway.hear(seen + " +5+5 4");

            JsonObject second = get("/api/clients?limit=20&cursor=" + first.get("cursor").getAsString());

            assertThat(ids(second)).hasSize(11).endsWith(seen);
            assertThat(second.toString()).contains("[5,5]");
        }

        @Test
        void linkToTheNextWhileThereIsOne() throws IOException {
            gateway.hear("a +1+1 3");
            gateway.hear("b +1+1 3");

            assertThat(RawHttp.get(gateway.port(), "/api/clients?limit=1").header("Link"))
                    .matches("</api/clients\\?cursor=[0-9a-z]+-1&limit=1>; rel=\"next\"");
            assertThat(RawHttp.get(gateway.port(), "/api/clients?limit=2").header("Link")).isNull();
        }

        @Test
        void goOnAfterTheLastWithWhatHasChanged() throws IOException {
            gateway.hear("a +1+1 3");
            gateway.hear("b +1+1 3");
            String cursor = get("/api/clients").get("cursor").getAsString();
            gateway.hear("a +2+2 4");

            assertThat(ids(get("/api/clients?cursor=" + cursor))).containsExactly("a");
        }

        @Test
        void canBeLimitedToABoxAndATime() throws IOException {
            gateway.hear("fiji-west -17+179.5 100");
            gateway.hear("fiji-east -17-179.5 200");
            gateway.hear("home +34-118 300");

            assertThat(ids(get("/api/clients?bbox=179,-20,-179,-10"))).containsExactlyInAnyOrder("fiji-west", "fiji-east");
            assertThat(ids(get("/api/clients?since=150"))).containsExactlyInAnyOrder("fiji-east", "home");
            assertThat(ids(get("/api/clients?since=150&bbox=179,-20,-179,-10"))).containsExactly("fiji-east");
        }

        @Test
        void leaveOutClientsThatHaveExpired() throws IOException {
            gateway.hear("old +1+1 100");
            gateway.hear("new +1+1 2000");
            assertThat(ids(get("/api/clients"))).containsExactlyInAnyOrder("old", "new");

            gateway.cutoffNanos.set(1_000_000_000_000L);

            assertThat(ids(get("/api/clients"))).containsExactly("new");
            assertThat(ids(get("/api/nearby?lat=1&lon=1"))).containsExactly("new");
        }
    }

    @Nested
    class NearbyClients {
        @Test
        void comeNearestFirstWithTheirDistance() throws IOException {
            gateway.hear("far +34.5-118 3");
            gateway.hear("near +34.01-118 3");
            gateway.hear("elsewhere +48+2 3");

            JsonObject found = get("/api/nearby?lat=34&lon=-118&radius=100");

            assertThat(ids(found)).containsExactly("near", "far");
            assertThat(found.toString()).contains("\"distance\":1112.0");
        }

        @Test
        void areFoundAcrossTheDateLine() throws IOException {
            gateway.hear("east +0-179.99 3");

            assertThat(ids(get("/api/nearby?lat=0&lon=179.99&radius=5"))).containsExactly("east");
        }

        @Test
        void areSeenTheMomentThatTheirReportIsAnswered() throws IOException {
            for (int i = 0; i < 20; i++) {
                RawHttp.get(gateway.port(), "/osmand?id=me&lat=1&lon=" + i + "&timestamp=" + (100 + i));
                assertThat(ids(get("/api/nearby?lat=1&lon=" + i + "&radius=1"))).containsExactly("me");
            }
        }
    }

    @Nested
    class Others {
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
            assertThat(get("/api/herd").toString()).contains(
                    "{\"from\":\"Alford\",\"to\":\"Welsh\",\"state\":\"up\",\"queue\":7,\"sentLines\":100,"
                    + "\"sentBytes\":9000,\"resyncs\":1,\"heardMillisAgo\":250}", "\"digest\":\"0123456789abcdef\"",
                    "\"converged\":false");
        }

        @Test
        void theApiDescribesItself() throws IOException {
            JsonObject description = get("/api/openapi.json");

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
        void healthIsAnsweredInAWord() throws IOException {
            assertThat(RawHttp.get(gateway.port(), "/healthz").body()).isEqualTo("ok\n");
            assertThat(RawHttp.get(gateway.port(), "/readyz").body()).isEqualTo("ready\n");
        }

        @Test
        void nothingIsIndexedBeforeSomebodyAsks() throws IOException {
            gateway.hear("kiwi +34-118 3");
            RawHttp.get(gateway.port(), "/");
            RawHttp.get(gateway.port(), "/api/clients/kiwi");
            assertThat(gateway.listeners()).isZero();

            get("/api/clients");

            assertThat(gateway.listeners()).isEqualTo(1);
        }
    }

    @Nested
    class BadRequests {
        @ParameterizedTest
        @ValueSource(strings = {
            "/api/clients?bbox=1,2,3", "/api/clients?bbox=1,2,3,x", "/api/clients?bbox=0,10,1,5", "/api/clients?bbox=-181,0,1,1",
            "/api/clients?limit=0", "/api/clients?limit=10001", "/api/clients?limit=ten", "/api/clients?since=yesterday",
            "/api/clients?cursor=17", "/api/clients?cursor=zzz-17", "/api/clients?colour=red",
            "/api/nearby", "/api/nearby?lat=1", "/api/nearby?lat=91&lon=0", "/api/nearby?lat=1e1&lon=0",
            "/api/nearby?lat=1&lon=NaN", "/api/nearby?lat=1&lon=2&radius=-1", "/api/nearby?lat=1&lon=2&limit=1001",
            "/api/labels?bbox=a", "/api/events?bbox=1"})
        void areAnsweredWithWhatIsWrong(String target) throws IOException {
            RawHttp.Answer answer = RawHttp.get(gateway.port(), target);

            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
            assertThat(JsonParser.parseString(answer.body()).getAsJsonObject().get("detail").getAsString()).isNotEmpty();
        }

        @ParameterizedTest
        @ValueSource(strings = {"/nothing", "/api/nothing", "/../pom.xml", "/static/main.js", "/main.class"})
        void areNotFoundWhereNothingIs(String target) throws IOException {
            assertThat(RawHttp.get(gateway.port(), target).status()).isEqualTo(404);
        }

        @Test
        void areToldWhichMethodsThereAre() throws IOException {
            RawHttp.Answer answer = RawHttp.post(gateway.port(), "/api/clients", "{}");

            assertThat(answer.status()).isEqualTo(405);
            assertThat(answer.header("Allow")).contains("GET");
        }

        @Test
        void neverKeepTheNextFromBeingServed() throws IOException {
            byte[] garbage = "\0\1\2 garbage\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1);
            try (var socket = RawHttp.connect(gateway.port())) {
                socket.getOutputStream().write(garbage);
                socket.getInputStream().readAllBytes();
            }

            assertThat(RawHttp.get(gateway.port(), "/healthz").status()).isEqualTo(200);
        }
    }
}
