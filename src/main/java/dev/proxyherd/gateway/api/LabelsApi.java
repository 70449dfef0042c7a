package dev.proxyherd.gateway.api;

import com.google.gson.stream.JsonWriter;
import dev.proxyherd.gateway.request.JsonText;
import dev.proxyherd.gateway.request.Parameters;
import dev.proxyherd.gateway.request.Problem;
import dev.proxyherd.gateway.request.Reply;
import dev.proxyherd.gateway.request.Request;
import dev.proxyherd.geo.BoundingBox;
import dev.proxyherd.places.PlaceLabel;
import dev.proxyherd.places.PlaceLabels;
import dev.proxyherd.places.PlacesException;
import java.io.IOException;
import java.util.List;
import java.util.Set;

/** {@code GET /api/labels?bbox=&limit=}: the largest localities of the embedded data in a box, for the map. */
public final class LabelsApi {
    private static final int DEFAULT_LIMIT = 60;
    private static final int MAX_LIMIT = 500;

    private final PlaceLabels labels;

    public LabelsApi(PlaceLabels labels) {
        this.labels = labels;
    }

    public Reply get(Request request) {
        Parameters parameters = request.parameters();
        parameters.allow(Set.of("bbox", "limit"));
        BoundingBox asked = parameters.box();
        BoundingBox box = asked == null ? BoundingBox.WORLD : asked;
        int limit = parameters.integer("limit", 1, MAX_LIMIT, DEFAULT_LIMIT);
        List<PlaceLabel> found = largest(box, limit);
        return Reply.ok(Reply.GEO_JSON, JsonText.document(json -> {
            json.beginObject().name("type").value("FeatureCollection").name("features").beginArray();
            for (PlaceLabel label : found) {
                write(json, label);
            }
            json.endArray().endObject();
        }));
    }

    private List<PlaceLabel> largest(BoundingBox box, int limit) {
        try {
            return labels.largest(box.west(), box.south(), box.east(), box.north(), limit);
        } catch (PlacesException e) {
            throw new Problem(503, e.getMessage());
        }
    }

    private static void write(JsonWriter json, PlaceLabel label) throws IOException {
        json.beginObject().name("type").value("Feature");
        json.name("geometry").beginObject().name("type").value("Point");
        json.name("coordinates").beginArray().value(label.longitude()).value(label.latitude()).endArray().endObject();
        json.name("properties").beginObject().name("name").value(label.name());
        json.name("reach").value(label.reachMetres()).endObject().endObject();
    }
}
