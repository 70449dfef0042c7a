package dev.proxyherd.gateway;

import static dev.proxyherd.gateway.ApiAnswers.ids;
import static dev.proxyherd.gateway.TokenGateway.HTTP_TOKEN;
import static dev.proxyherd.gateway.TokenGateway.PREFIX;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What tokens of a file let do over HTTP. */
class HttpTokensTest {
    @AutoClose
    private TokenGateway herd;

    @BeforeEach
    void open(@TempDir Path dir) throws IOException {
        herd = new TokenGateway(dir).give("ann", "\"report\":[\"ann/*\"],\"see\":[\"ann/*\",\"bob/phone\"]")
                .give("prom", "\"see\":[\"*\"]").give("ops", "\"admin\":true").give("mute", "\"report\":[\"mute\"]");
    }

    private static JsonObject json(RawHttp.Answer answer) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return JsonParser.parseString(answer.body()).getAsJsonObject();
    }

    private void hearAll() {
        for (String client : List.of("ann/phone", "bob/phone", "bob/watch", "eve")) {
            herd.gateway.hear(client + " +34-118 1400794645");
        }
    }

    @Nested
    class Showing {
        @ParameterizedTest
        @ValueSource(
                strings = {"/api/clients", "/api/herd", "/", "/map.css", "/api/openapi.json", "/metrics", "/nothing",
                    "/api/events", "/api/clients/eve"})
        void noneIsRefusedEverywhere(String path) throws IOException {
            assertThat(RawHttp.get(herd.gateway.port(), path).status()).isEqualTo(401);
            assertThat(herd.get("nobody", path).status()).isEqualTo(401);
            assertThat(RawHttp.get(herd.gateway.port(), "/healthz").status()).isEqualTo(200);
        }

        @Test
        void oneAsAPasswordIsAsGoodWithAnyUser() throws IOException {
            for (String user : List.of("ann", "bob", "", "J\u00fcrgen's phone")) {
                String pair = Base64.getEncoder()
                        .encodeToString((user + ':' + PREFIX + "ann").getBytes(StandardCharsets.UTF_8));
                assertThat(RawHttp.get(herd.gateway.port(), "/api/clients", "Authorization: Basic " + pair).status())
                        .as(user).isEqualTo(200);
            }
        }

        @Test
        void aNameOrAHashIsShowingNothing() throws IOException {
            for (String shown : List.of("ann", dev.proxyherd.rights.Token.hash(PREFIX + "ann"), PREFIX + "ANN")) {
                assertThat(RawHttp.get(herd.gateway.port(), "/api/clients", "Authorization: Bearer " + shown).status())
                        .as(shown).isEqualTo(401);
            }
        }

        @Test
        void theOneOfThePortLetsDoEverythingStill() throws IOException {
            hearAll();
            RawHttp.Answer all =
                    RawHttp.get(herd.gateway.port(), "/api/clients", "Authorization: Bearer " + HTTP_TOKEN);
            assertThat(ids(json(all))).hasSize(4);
        }

        @Test
        void oneThatHasBeenTakenAwayIsRefused() throws IOException {
            assertThat(herd.get("ann", "/api/clients").status()).isEqualTo(200);
            herd.give("ann", null);
            assertThat(herd.get("ann", "/api/clients").status()).isEqualTo(401);
        }

        @Test
        void oneThatHasGotOtherPatternsCountsAsTheySay() throws IOException {
            hearAll();
            assertThat(ids(json(herd.get("ann", "/api/clients")))).containsExactlyInAnyOrder("ann/phone", "bob/phone");
            herd.give("ann", "\"see\":[\"e*\"]");
            assertThat(ids(json(herd.get("ann", "/api/clients")))).containsExactly("eve");
        }
    }

    @Nested
    class Reporting {
        private static final String EVES =
                "{\"_type\":\"location\",\"lat\":1,\"lon\":2,\"tst\":3,\"topic\":\"owntracks/eve/phone\"}";

        @Test
        void isForTheTokensClients() throws IOException {
            assertThat(herd.get("ann", "/osmand?id=ann/phone&lat=1&lon=2&timestamp=3").status()).isEqualTo(200);
            assertThat(herd.get("mute", "/osmand?id=mute&lat=1&lon=2&timestamp=3").status()).isEqualTo(200);
            assertThat(herd.get("ops", "/osmand?id=any&lat=1&lon=2&timestamp=3").status()).isEqualTo(200);
            assertThat(herd.gateway.store.size()).isEqualTo(3);
        }

        @Test
        void ofAnotherIsRefusedAtEachDoorAndSaidAndLoggedOnce() throws IOException {
            String batch =
                    "{\"locations\":[{\"type\":\"Feature\",\"geometry\":{\"type\":\"Point\",\"coordinates\":[2,1]},"
                            + "\"properties\":{\"timestamp\":\"2026-05-22T21:37:25Z\",\"device_id\":\"eve\"}}]}";
            for (RawHttp.Answer answer : List.of(herd.post("ann", "/owntracks", EVES), herd.post("ann", "/pub", EVES),
                    herd.get("ann", "/osmand?id=bob/phone&lat=1&lon=2&timestamp=3"),
                    herd.post("ann", "/osmand", "id=eve&lat=1&lon=2&timestamp=3"),
                    herd.post("ann", "/overland", batch), herd.get("prom", "/osmand?id=eve&lat=1&lon=2&timestamp=3"))) {
                assertThat(answer.status()).as(answer.body()).isEqualTo(403);
                assertThat(answer.body()).contains("not_permitted: the token '", "may not report '");
            }
            assertThat(herd.gateway.store.size()).isZero();
            assertThat(herd.get("ops", "/metrics").body())
                    .contains("herd_http_refused_reports_total{reason=\"not_permitted\"} 6.0");
            assertThat(herd.gateway.logged().lines()
                    .filter(line -> line.contains("the token 'prom' may not report 'eve'")))
                    .hasSize(1);
        }

        @Test
        void isJudgedByBytesNotByLikeness() throws IOException {
            herd.give("jo", "\"report\":[\"J\u00fcrgen\"]");
            String query = "&lat=1&lon=2&timestamp=3";
            assertThat(herd.get("jo", "/osmand?id=J%C3%BCrgen" + query).status()).isEqualTo(200);
            assertThat(herd.get("jo", "/osmand?id=j%C3%BCrgen" + query).status()).as("case").isEqualTo(403);
            assertThat(herd.get("jo", "/osmand?id=Ju%CC%88rgen" + query).status()).as("form").isEqualTo(403);
            assertThat(herd.get("jo", "/osmand?id=J%FCrgen" + query).status()).as("Latin-1").isEqualTo(403);
            assertThat(herd.get("jo", "/osmand?id=J%25C3%25BCrgen" + query).status()).as("encoded twice")
                    .isEqualTo(403);
            assertThat(herd.gateway.store.size()).isEqualTo(1);
        }

        @Test
        void ofSomeKeepsTheAppFromSendingAllAgain() throws IOException {
            String own = EVES.replace("eve", "ann");
            RawHttp.Answer answer = herd.post("ann", "/owntracks", "[" + own + "," + EVES + "]");
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.body()).contains("not_permitted");
            assertThat(herd.gateway.at("ann/phone")).contains("ann/phone");
            assertThat(herd.gateway.at("eve/phone")).isEqualTo("null");
        }

        @Test
        void isNoWayToTakeAnothersName() throws IOException {
            String anonymous = "{\"_type\":\"location\",\"lat\":1,\"lon\":2,\"tst\":3}";
            assertThat(herd.post("ann", "/owntracks", anonymous, "X-Limit-U: eve", "X-Limit-D: phone").status())
                    .isEqualTo(403);
            assertThat(herd.post("ann", "/owntracks?u=ann&d=phone", anonymous.replace("}", ",\"topic\":\"x/eve/y\"}"))
                    .status()).isEqualTo(403);
        }
    }

    @Nested
    class Seeing {
        @Test
        void isForTheTokensClientsInPagesAndBoxesAndNearAPoint() throws IOException {
            hearAll();
            for (String target : List.of("/api/clients", "/api/clients?bbox=-119,33,-117,35", "/api/clients?since=5",
                    "/api/nearby?lat=34&lon=-118", "/api/nearby?lat=0&lon=0&radius=20000&limit=2")) {
                assertThat(ids(json(herd.get("ann", target)))).as(target)
                        .containsExactlyInAnyOrder("ann/phone", "bob/phone");
                assertThat(ids(json(herd.get("mute", target)))).as(target).isEmpty();
            }
            assertThat(ids(json(herd.get("prom", "/api/clients")))).hasSize(4);
            assertThat(ids(json(herd.get("ops", "/api/clients")))).hasSize(4);
        }

        @Test
        void ofOneClientIsByItsIdHoweverThatIsWritten() throws IOException {
            hearAll();
            for (String path : List.of("ann/phone", "ann%2Fphone", "%61nn/phone")) {
                assertThat(herd.get("ann", "/api/clients/" + path).status()).as(path).isEqualTo(200);
                assertThat(herd.get("ann", "/api/clients/" + path + "/places").status()).as(path).isEqualTo(200);
            }
            for (String path : List.of("bob/watch", "bob%2Fwatch", "%62ob/watch", "bob/phone/../watch")) {
                assertThat(herd.get("ann", "/api/clients/" + path).status()).as(path).isEqualTo(404);
                assertThat(herd.get("ann", "/api/clients/" + path + "/places").status()).as(path).isEqualTo(404);
            }
        }

        @Test
        void isOfNamesAndStatesOnlyWhereTheHerdIsConcerned() throws IOException {
            JsonObject all = json(herd.get("prom", "/api/herd"));
            assertThat(all.getAsJsonArray("servers").get(0).getAsJsonObject().has("clients")).isTrue();
            String part = herd.get("ann", "/api/herd").body();
            assertThat(part).contains("\"name\":\"Alford\"", "\"state\":\"up\"", "\"links\"").doesNotContain("clients",
                    "digest", "queue", "sent", "resyncs", "converged", "faults", "journal", "connections", "12000");
            assertThat(json(herd.get("ann", "/api/herd")).getAsJsonArray("servers")).hasSize(2);
        }

        @Test
        void ofMetricsIsForThoseWhoSeeAll() throws IOException {
            assertThat(herd.get("ann", "/metrics").status()).isEqualTo(403);
            assertThat(herd.get("prom", "/metrics").status()).isEqualTo(200);
        }
    }

    @Nested
    class Forgetting {
        @Test
        void isForAdmins() throws IOException {
            hearAll();
            for (String client : List.of("ann/phone", "eve", "nobody")) {
                assertThat(herd.send("ann", "DELETE", "/api/clients/" + client).status()).isEqualTo(403);
                assertThat(herd.send("prom", "DELETE", "/api/clients/" + client).status()).isEqualTo(403);
            }
            assertThat(herd.send("ops", "DELETE", "/api/clients/eve").status()).isEqualTo(200);
            assertThat(herd.gateway.logged()).contains("/api/clients/eve by ops: GONE Alford");
        }
    }
}
