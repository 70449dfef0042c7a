package dev.proxyherd.gateway.api;

import dev.proxyherd.fences.Crossing;
import dev.proxyherd.foreign.ClientIds;
import dev.proxyherd.foreign.FeatureJson;
import dev.proxyherd.gateway.request.JsonText;
import dev.proxyherd.protocol.AtFields;

/**
 * Writes crossings as GeoJSON, on one line: a feature whose {@code id} is the crossing's, at the place of the report by which it
 * was seen, with the fence's id and name, the kind, and the client, its time and the server that heard it as in an AT line.
 */
public final class CrossingJson {
    private CrossingJson() {
    }

    /** One crossing. */
    public static String of(Crossing crossing) {
        AtFields at = crossing.report().fields();
        StringBuilder json = new StringBuilder("{\"type\":\"Feature\",\"id\":\"").append(crossing.id());
        json.append("\",\"geometry\":{\"type\":\"Point\",\"coordinates\":[");
        FeatureJson.number(json, at.longitude());
        json.append(',');
        FeatureJson.number(json, at.latitude());
        json.append("]},\"properties\":{\"kind\":\"").append(crossing.kind().text());
        json.append("\",\"fence\":");
        JsonText.string(json, crossing.fence().id());
        json.append(",\"name\":");
        JsonText.string(json, crossing.fence().name());
        json.append(",\"client\":");
        JsonText.string(json, ClientIds.shown(crossing.client()));
        if (ClientIds.isEncoded(crossing.client())) {
            json.append(",\"encoded\":true");
        }
        json.append(",\"time\":\"").append(at.time());
        return json.append("\",\"server\":\"").append(at.server()).append("\"}}").toString();
    }
}
