package dev.proxyherd.gateway.api;

import dev.proxyherd.gateway.request.JsonText;
import dev.proxyherd.gateway.request.Parameters;
import dev.proxyherd.gateway.request.Problem;
import dev.proxyherd.gateway.request.Reply;
import dev.proxyherd.gateway.request.Request;
import dev.proxyherd.geo.BoundingBox;
import dev.proxyherd.places.PlaceLabel;
import dev.proxyherd.places.PlaceLabels;
import dev.proxyherd.places.PlacesException;
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
        List<PlaceLabel> found;
        try {
            found = labels.largest(box.west(), box.south(), box.east(), box.north(), limit);
        } catch (PlacesException e) {
            throw new Problem(503, e.getMessage());
        }
        StringBuilder json = new StringBuilder("{\"type\":\"FeatureCollection\",\"features\":[");
        for (int i = 0; i < found.size(); i++) {
            PlaceLabel label = found.get(i);
            json.append(i == 0 ? "" : ",")
                    .append("{\"type\":\"Feature\",\"geometry\":{\"type\":\"Point\",\"coordinates\":[")
                    .append(label.longitude()).append(',').append(label.latitude())
                    .append("]},\"properties\":{\"name\":");
            JsonText.string(json, label.name());
            json.append(",\"reach\":").append(label.reachMetres()).append("}}");
        }
        return Reply.ok(Reply.GEO_JSON, json.append("]}\n"));
    }
}
