package dev.proxyherd.apps;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import dev.proxyherd.foreign.ClientIds;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * What the OwnTracks apps say (<a href="https://owntracks.org/booklet/tech/json/">booklet, JSON</a>). Of the payloads only
 * {@code _type: location} says where a device is, and what has no type but {@code lat}, {@code lon} and {@code tst} means
 * the same: a script wrote it. Types that the booklet names and that do not tell of the device's place are left alone
 * without a word; all else is refused.
 */
public final class OwnTracks {
    /** The place in a waypoint is that of a region, not of the device. */
    private static final Set<String> WITHOUT_PLACE = Set.of("beacon", "card", "cmd", "configuration", "dump", "lwt",
            "request", "status", "steps", "waypoint", "waypoints");

    private OwnTracks() {
    }

    /**
     * The reports in a body, usually one. Each is read when it is asked for, and throws a {@link RefusedReport} if it is
     * malformed.
     *
     * @param where to what it was sent, for messages
     * @param device tells whose a payload is; a character for each byte
     * @throws RefusedReport if the whole is malformed
     */
    public static List<Supplier<Report>> reports(byte[] body, String where, Function<JsonObject, String> device) {
        if (body.length == 0) {
            return List.of();
        }
        List<Supplier<Report>> reports = new ArrayList<>();
        List<JsonElement> payloads = PostedJson.elements(body);
        if (payloads.isEmpty()) {
            throw new RefusedReport(Refusal.NO_LOCATION, "the array is empty");
        }
        for (JsonElement payload : payloads) {
            if (isOverlandBatch(payload)) {
                throw batchElsewhere(where);
            }
            if (!isQuiet(payload)) {
                reports.add(() -> report(PostedJson.object(payload), device));
            }
        }
        return reports;
    }

    /** Whether it is a batch of Overland's, wherever it was sent. */
    public static boolean isOverlandBatch(JsonElement element) {
        return element instanceof JsonObject object && object.get("locations") instanceof JsonArray;
    }

    /** What to say of a batch of Overland's that came elsewhere. */
    public static RefusedReport batchElsewhere(String where) {
        return new RefusedReport(Refusal.WRONG_ENDPOINT,
                "this is an Overland batch; its endpoint is /overland, not " + where);
    }

    /** The device that a topic names by its last two levels, {@code user/device}. */
    public static String device(String topic) {
        String[] parts = topic.split("/");
        return parts.length < 2 ? topic : parts[parts.length - 2] + '/' + parts[parts.length - 1];
    }

    private static boolean isQuiet(JsonElement payload) {
        return payload instanceof JsonObject object && object.get("_type") instanceof JsonPrimitive type
                && WITHOUT_PLACE.contains(type.getAsString());
    }

    private static void checkType(JsonObject payload) {
        String type = PostedJson.text(payload, "_type");
        if (type == null) {
            if (!payload.has("lat") || !payload.has("lon") || !payload.has("tst")) {
                throw new RefusedReport(Refusal.NO_TYPE,
                        "_type is missing; a location is {\"_type\":\"location\",\"lat\":...,\"lon\":...,\"tst\":...}");
            }
            return;
        }
        switch (type) {
            case "location" -> {}
            case "encrypted" -> throw new RefusedReport(Refusal.ENCRYPTED,
                    "the payload is encrypted and the herd has no key; switch the app's encryption off");
            case "transition" -> throw new RefusedReport(Refusal.NOT_A_FIX,
                    "a transition tells of a region; the app reports the location beside it");
            default -> throw new RefusedReport(Refusal.UNKNOWN_TYPE,
                    "there is no _type '" + ClientIds.shortened(type) + "' in OwnTracks");
        }
    }

    private static Report report(JsonObject payload, Function<JsonObject, String> device) {
        checkType(payload);
        String time = PostedJson.text(payload, "tst");
        if (time == null) {
            throw RefusedReport.malformed("tst is missing");
        }
        return new Report(device.apply(payload), Report.number("lat", PostedJson.text(payload, "lat")),
                Report.number("lon", PostedJson.text(payload, "lon")), AppTime.parse(time));
    }
}
