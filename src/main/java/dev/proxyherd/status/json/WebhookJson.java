package dev.proxyherd.status.json;

import com.google.gson.JsonElement;
import com.google.gson.JsonPrimitive;
import com.google.gson.stream.JsonWriter;
import dev.proxyherd.status.WebhookStatus;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** The form in which a server tells how it goes with sending to webhooks, as a part of {@link StatusJson}. */
final class WebhookJson {
    private WebhookJson() {
    }

    static void write(WebhookStatus webhooks, JsonWriter json) throws IOException {
        json.beginObject();
        json.name("waiting").value(webhooks.waiting());
        json.name("bytes").value(webhooks.bytes());
        json.name("delivered").value(webhooks.delivered());
        json.name("givenUp").value(webhooks.givenUp());
        json.name("failing").value(webhooks.failing());
        json.name("failures").beginArray();
        for (String failure : webhooks.failures()) {
            json.value(failure);
        }
        json.endArray();
        json.name("diskFailure").value(webhooks.diskFailure());
        json.endObject();
    }

    static WebhookStatus read(JsonFields webhooks) throws IOException {
        List<String> failures = new ArrayList<>();
        for (JsonElement failure : webhooks.array("failures")) {
            if (!(failure instanceof JsonPrimitive text) || !text.isString()) {
                throw JsonFields.noStatus(webhooks.path() + "failures[" + failures.size() + "] is no text");
            }
            failures.add(text.getAsString());
        }
        return new WebhookStatus(
                webhooks.smallNumber("waiting"),
                webhooks.number("bytes"),
                webhooks.number("delivered"),
                webhooks.number("givenUp"),
                webhooks.smallNumber("failing"),
                failures,
                webhooks.optionalText("diskFailure"));
    }
}
