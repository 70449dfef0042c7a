package dev.proxyherd.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.proxyherd.server.Await;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What OwnTracks' apps are told of others when they report. */
class FriendsTest {
    private static final String ANNS =
            "{\"_type\":\"location\",\"lat\":1,\"lon\":2,\"tst\":1400794645,\"topic\":\"owntracks/ann/phone\"}";

    @AutoClose
    private TokenGateway herd;

    @BeforeEach
    void open(@TempDir Path dir) throws IOException {
        herd = new TokenGateway(dir).give("ann", "\"report\":[\"ann/*\"],\"see\":[\"ann/*\",\"bob/*\",\"van\"]")
                .give("bob", "\"report\":[\"bob/*\"],\"title\":\"Bob \\\"B\\\" & Co\"")
                .give("van", "\"title\":\"Van\"");
        // From here on it is known who is where.
        Await.until("the index is ready", () -> herd.get("ann", "/api/clients").status() == 200);
    }

    private List<JsonObject> post(String name, String body) throws IOException {
        RawHttp.Answer answer = herd.post(name, "/owntracks", body);
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        List<JsonObject> all = new ArrayList<>();
        for (JsonElement one : JsonParser.parseString(answer.body()).getAsJsonArray()) {
            all.add(one.getAsJsonObject());
        }
        return all;
    }

    private static List<String> of(List<JsonObject> payloads, String type) {
        return payloads.stream().filter(one -> one.get("_type").getAsString().equals(type))
                .map(one -> one.get("tid").getAsString()).toList();
    }

    @Test
    void areThoseWhomTheTokenMaySeeAsTheAppsReadIt() throws IOException {
        herd.gateway.hear("bob/phone +34.5-118.25 1400794645.9");
        herd.gateway.hear("eve/phone +34-118 1400794645");
        List<JsonObject> told = post("ann", ANNS);
        assertThat(told).hasSize(2).first().isEqualTo(JsonParser.parseString("""
                {"_type":"location","tid":"bob/phone","topic":"owntracks/bob/phone","lat":34.5,"lon":-118.25,"tst":1400794645}
                """));
        assertThat(told.get(1)).isEqualTo(JsonParser.parseString("""
                {"_type":"card","tid":"bob/phone","topic":"owntracks/bob/phone","name":"Bob \\"B\\" & Co"}
                """));
    }

    @Test
    void haveATidOfTheirOwnThoughTheirDevicesAreCalledAlike() throws IOException {
        for (String client : List.of("bob/phone", "bob/tone", "van", "ann/watch")) {
            herd.gateway.hear(client + " +34-118 1400794645");
        }
        List<JsonObject> told = post("ann", ANNS);
        assertThat(of(told, "location")).containsExactlyInAnyOrder("bob/phone", "bob/tone", "van", "ann/watch");
        assertThat(of(told, "card")).containsExactlyInAnyOrder("bob/phone", "bob/tone", "van");
    }

    @Test
    void areNotTheDeviceItself() throws IOException {
        herd.gateway.hear("ann/phone +34-118 1400794645");
        assertThat(post("ann", ANNS)).isEmpty();
    }

    @Test
    void areAHundredAtMostTheNewest() throws IOException {
        for (int i = 0; i < 250; i++) {
            herd.gateway.hear("bob/" + i + " +34-118 1400794645");
            herd.gateway.hear("eve/" + i + " +34-118 1400794645");
            if (i == 149) {
                // What comes together has no order.
                post("ann", ANNS);
            }
        }
        List<String> told = of(post("ann", ANNS), "location");
        assertThat(told).hasSize(100).allMatch(tid -> Integer.parseInt(tid.substring(4)) >= 150);
    }

    @Test
    void areNotToldToWhoSeesNobodyOrReportsNothing() throws IOException {
        herd.gateway.hear("ann/phone +34-118 1400794645");
        assertThat(post("bob", ANNS.replace("ann", "bob"))).isEmpty();
        assertThat(post("ann", "{\"_type\":\"lwt\",\"tst\":1400794645}")).isEmpty();
        assertThat(herd.post("ann", "/owntracks", "").body().strip()).isEqualTo("[]");
    }

    @Test
    void areToldBesideWhatIsRefused() throws IOException {
        herd.gateway.hear("bob/phone +34-118 1400794645");
        List<JsonObject> told = post("ann", "[" + ANNS + "," + ANNS.replace("ann", "eve") + "]");
        assertThat(told.getFirst().get("_type").getAsString()).isEqualTo("refused");
        assertThat(of(told.subList(1, told.size()), "location")).containsExactly("bob/phone");
    }

    @Test
    void areNotToldByAPortWithoutAFileOfTokens(@TempDir Path dir) throws IOException {
        try (TestGateway open = new TestGateway(dir)) {
            open.hear("bob/phone +34-118 1400794645");
            assertThat(RawHttp.post(open.port(), "/owntracks", ANNS).body().strip()).isEqualTo("[]");
        }
    }
}
