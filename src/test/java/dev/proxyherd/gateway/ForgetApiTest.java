package dev.proxyherd.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.proxyherd.gateway.access.AccessRules;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code DELETE /api/clients/ID}, and what the API shows of who was forgotten. */
@Timeout(60)
class ForgetApiTest {
    @TempDir
    private Path dir;

    private static RawHttp.Answer delete(TestGateway gateway, String target, String... headers) throws IOException {
        StringBuilder request = new StringBuilder("DELETE " + target + " HTTP/1.1\r\nHost: localhost:" + gateway.port()
                + "\r\nConnection: close\r\n");
        for (String header : headers) {
            request.append(header).append("\r\n");
        }
        return RawHttp.send(gateway.port(), request.append("\r\n").toString());
    }

    @Test
    void erasesAClient() throws IOException {
        try (TestGateway gateway = new TestGateway(dir)) {
            gateway.hear("kiwi +1+2 3");
            gateway.hear("emu +1+2 3");
            assertThat(ApiAnswers.ids(ApiAnswers.get(gateway, "/api/clients"))).hasSize(2);

            RawHttp.Answer answer = delete(gateway, "/api/clients/kiwi");

            assertThat(answer.status()).as(answer.body()).isEqualTo(200);
            JsonObject json = JsonParser.parseString(answer.body()).getAsJsonObject();
            assertThat(json.get("client").getAsString()).isEqualTo("kiwi");
            assertThat(json.get("complete").getAsBoolean()).isTrue();
            assertThat(RawHttp.get(gateway.port(), "/api/clients/kiwi").status()).isEqualTo(410);
            assertThat(RawHttp.get(gateway.port(), "/api/clients/kiwi/places").status()).isEqualTo(410);
            assertThat(ApiAnswers.ids(ApiAnswers.get(gateway, "/api/clients"))).containsExactly("emu");
            assertThat(ApiAnswers.ids(ApiAnswers.get(gateway, "/api/nearby?lat=1&lon=2"))).containsExactly("emu");
            assertThat(RawHttp.get(gateway.port(), "/metrics").body()).contains("herd_clients 1.0",
                    "herd_forgotten 1.0");
            assertThat(delete(gateway, "/api/clients/kiwi").status()).as("once more").isEqualTo(200);
            assertThat(gateway.logged()).contains("DELETE /api/clients/kiwi: GONE Alford ");
        }
    }

    @Test
    void isToldToSubscribers() throws IOException {
        try (TestGateway gateway = new TestGateway(dir)) {
            gateway.hear("kiwi +1+2 3");
            try (Subscriber subscriber = new Subscriber(gateway, "").begun()) {
                delete(gateway, "/api/clients/kiwi");

                Subscriber.Event event = subscriber.next();

                assertThat(event.name()).isEqualTo("forgotten");
                assertThat(event.data()).isEqualTo("[\"kiwi\"]");
            }
        }
    }

    @Test
    void saysWhichServersCouldNotBeAsked() throws IOException {
        try (TestGateway gateway = new TestGateway(dir)) {
            gateway.hear("kiwi +1+2 3");
            gateway.unasked.put("Welsh", "connection \"refused\"");

            RawHttp.Answer answer = delete(gateway, "/api/clients/kiwi");

            assertThat(answer.status()).isEqualTo(202);
            JsonObject json = JsonParser.parseString(answer.body()).getAsJsonObject();
            assertThat(json.get("complete").getAsBoolean()).isFalse();
            assertThat(json.getAsJsonObject("unasked").get("Welsh").getAsString()).isEqualTo("connection \"refused\"");
        }
    }

    @Test
    void refusesWhatNobodyKnowsOrNoClientIsCalled() throws IOException {
        try (TestGateway gateway = new TestGateway(dir)) {
            assertThat(delete(gateway, "/api/clients/nobody").status()).isEqualTo(404);
            for (String id : List.of("", "a%20b", "a%0Ab", "%0A")) {
                assertThat(delete(gateway, "/api/clients/" + id).status()).as(id).isEqualTo(400);
            }
            assertThat(delete(gateway, "/api/clients").status()).isEqualTo(405);
            assertThat(delete(gateway, "/api/clients/kiwi/places").status()).isEqualTo(405);
        }
    }

    @Test
    void needsTheTokenAndIsNotForPagesElsewhere() throws IOException {
        AccessRules rules = new AccessRules("a-token-for-tests", false, List.of(), List.of());
        try (TestGateway gateway = new TestGateway(dir, TestGateway.settings(rules, 0, false, true),
                InstantSource.system())) {
            gateway.hear("kiwi +1+2 3");
            String token = "Authorization: Bearer a-token-for-tests";

            assertThat(delete(gateway, "/api/clients/kiwi").status()).isEqualTo(401);
            assertThat(delete(gateway, "/api/clients/kiwi", token, "Origin: https://example.org").status())
                    .isEqualTo(403);
            assertThat(delete(gateway, "/api/clients/kiwi", token, "Sec-Fetch-Site: cross-site").status())
                    .isEqualTo(403);
            assertThat(gateway.at("kiwi")).startsWith("AT ");
            assertThat(delete(gateway, "/api/clients/kiwi", token).status()).isEqualTo(200);
        }
    }
}
