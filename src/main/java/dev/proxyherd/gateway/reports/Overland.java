package dev.proxyherd.gateway.reports;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.proxyherd.apps.AppTime;
import dev.proxyherd.apps.OwnTracks;
import dev.proxyherd.apps.PostedJson;
import dev.proxyherd.apps.Refusal;
import dev.proxyherd.apps.RefusedReport;
import dev.proxyherd.apps.Report;
import dev.proxyherd.gateway.request.Parameters;
import dev.proxyherd.gateway.request.Request;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Batches of the Overland app and of those that speak its language
 * (<a href="https://github.com/aaronpk/Overland-iOS#api">its API</a>): GeoJSON features in {@code locations}, and, beside
 * them, the newest fix in {@code current} and {@code trip.current_location} while the queue is long. A trip that has
 * ended is a feature too, at the place and time of its end. What has an {@code action} is the app's diary (visits,
 * pauses), told at a time when the device may have been elsewhere.
 *
 * <p>The device is the feature's {@code device_id}. Where the app has none it is the batch's, else {@code device_id} of the
 * query, else the user of basic authentication, else that of another feature in the batch: people name their device when
 * some points are queued already.
 */
final class Overland {
    private static final String DEVICE = "device_id";
    private static final String PROPERTIES = "properties";

    private Overland() {
    }

    /**
     * The reports in a batch. Each is read when it is asked for, and throws a {@link RefusedReport} if it is malformed.
     *
     * @throws RefusedReport if it is no batch, or nothing tells whose it is
     */
    static List<Supplier<Report>> reports(Request request, byte[] body) {
        List<JsonElement> elements = PostedJson.elements(body);
        if (elements.size() != 1 || !OwnTracks.isOverlandBatch(elements.getFirst())) {
            throw RefusedReport
                    .malformed(
                            "this is no Overland batch: {\"locations\":[...]} is expected; OwnTracks has its endpoint at "
                                    + "/owntracks");
        }
        JsonObject batch = elements.getFirst().getAsJsonObject();
        List<JsonElement> features = features(batch);
        String sender = sender(request, batch, features);
        if (features.isEmpty()) {
            return List.of();
        }
        if (sender == null) {
            throw RefusedReport
                    .malformed(
                            "nothing tells whose these points are: set a Device ID in the app, or add ?device_id=NAME to "
                                    + "its URL");
        }
        List<Supplier<Report>> reports = new ArrayList<>(features.size());
        features.forEach(feature -> reports.add(() -> report(sender, PostedJson.object(feature))));
        return reports;
    }

    private static List<JsonElement> features(JsonObject batch) {
        List<JsonElement> features = new ArrayList<>(batch.getAsJsonArray("locations").asList());
        addIfThere(features, batch.get("current"));
        if (batch.get("trip") instanceof JsonObject trip) {
            addIfThere(features, trip.get("current_location"));
        }
        return features;
    }

    private static void addIfThere(List<JsonElement> features, @Nullable JsonElement feature) {
        if (feature instanceof JsonObject) {
            features.add(feature);
        }
    }

    private static @Nullable String sender(Request request, JsonObject batch, List<JsonElement> features) {
        String sender =
                PostedJson.firstOf(PostedJson.text(batch, DEVICE), request.parameters().first(DEVICE), request.user());
        for (int i = 0; sender == null && i < features.size(); i++) {
            sender = device(features.get(i));
        }
        return sender;
    }

    /** The device that a feature names, in whatever state it is; or null. */
    private static @Nullable String device(JsonElement feature) {
        if (feature instanceof JsonObject object && object.get(PROPERTIES) instanceof JsonObject properties) {
            try {
                return PostedJson.firstOf(PostedJson.text(properties, DEVICE));
            } catch (RefusedReport namesNone) {
                return null;
            }
        }
        return null;
    }

    private static Report report(String sender, JsonObject feature) {
        if (!(feature.get(PROPERTIES) instanceof JsonObject properties)) {
            throw RefusedReport.malformed("properties is missing");
        }
        if (properties.has("action")) {
            throw new RefusedReport(Refusal.NOT_A_FIX,
                    "'" + Parameters.shortened(String.valueOf(PostedJson.text(properties, "action")))
                            + "' is an entry of the app's diary, not a fix");
        }
        JsonArray coordinates = coordinates(feature);
        String time = PostedJson.text(properties, "timestamp");
        if (time == null) {
            throw RefusedReport.malformed("timestamp is missing");
        }
        String device = PostedJson.firstOf(PostedJson.text(properties, DEVICE));
        return new Report(device == null ? sender : device, Report.number("latitude", text(coordinates.get(1))),
                Report.number("longitude", text(coordinates.get(0))), AppTime.parse(time));
    }

    private static JsonArray coordinates(JsonObject feature) {
        if (!(feature.get("geometry") instanceof JsonObject geometry)) {
            throw new RefusedReport(Refusal.NO_LOCATION, "a feature without a geometry");
        }
        if (geometry.get("coordinates") instanceof JsonArray coordinates && coordinates.size() >= 2
                && "Point".equals(PostedJson.text(geometry, "type"))) {
            return coordinates;
        }
        throw RefusedReport.malformed("the geometry is no point of longitude and latitude");
    }

    private static @Nullable String text(JsonElement number) {
        return number.isJsonPrimitive() ? number.getAsString() : null;
    }
}
