package dev.proxyherd.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Reads answers of {@code /api}. */
final class ApiAnswers {
    private ApiAnswers() {
    }

    /** An answer that must be 200. */
    static JsonObject get(TestGateway gateway, String target) throws IOException {
        RawHttp.Answer answer = RawHttp.get(gateway.port(), target);
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return JsonParser.parseString(answer.body()).getAsJsonObject();
    }

    /** The IDs of a FeatureCollection's clients, in its order. */
    static List<String> ids(JsonObject collection) {
        List<String> ids = new ArrayList<>();
        for (JsonElement feature : collection.getAsJsonArray("features")) {
            ids.add(feature.getAsJsonObject().get("id").getAsString());
        }
        return ids;
    }
}
