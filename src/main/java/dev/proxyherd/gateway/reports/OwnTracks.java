package dev.proxyherd.gateway.reports;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import dev.proxyherd.gateway.request.Parameters;
import dev.proxyherd.gateway.request.Problem;
import dev.proxyherd.gateway.request.Request;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What the OwnTracks apps post in HTTP mode (<a href="https://owntracks.org/booklet/tech/http/">booklet, HTTP</a>,
 * <a href="https://owntracks.org/booklet/tech/json/">JSON</a>). Of the payloads only {@code _type: location} says where
 * a device is, and what has no type but {@code lat}, {@code lon} and {@code tst} means the same: a script wrote it. Types
 * that the booklet names and that do not tell of the device's place are left alone without a word; all else is refused.
 *
 * <p>The device is {@code user/device}, as in the topic {@code owntracks/user/device}: from the topic, else the headers
 * {@code X-Limit-U} and {@code X-Limit-D}, else {@code u} and {@code d} of the query or the payload, with the user of
 * basic authentication and the two letters of {@code tid} where one of them is missing.
 */
final class OwnTracks {
    /** The place in a waypoint is that of a region, not of the device. */
    private static final Set<String> WITHOUT_PLACE = Set.of("beacon", "card", "cmd", "configuration", "dump", "lwt",
            "request", "status", "steps", "waypoint", "waypoints");

    private OwnTracks() {
    }

    /**
     * The reports in a body, usually one. Each is read when it is asked for, and throws a {@link Problem} if it is
     * malformed.
     *
     * @throws Problem if the whole is malformed
     */
    static List<Supplier<Report>> reports(Request request, byte[] body) {
        if (body.length == 0) {
            return List.of();
        }
        Parameters query = request.parameters();
        List<Supplier<Report>> reports = new ArrayList<>();
        List<JsonElement> payloads = PostedJson.elements(body);
        if (payloads.isEmpty()) {
            throw new RefusedReport(Refusal.NO_LOCATION, "the array is empty");
        }
        for (JsonElement payload : payloads) {
            if (Overland.isBatch(payload)) {
                throw Overland.elsewhere(request);
            }
            if (!isQuiet(payload)) {
                reports.add(() -> report(request, query, PostedJson.object(payload)));
            }
        }
        return reports;
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
                    "there is no _type '" + Parameters.shortened(type) + "' in OwnTracks");
        }
    }

    private static Report report(Request request, Parameters query, JsonObject payload) {
        checkType(payload);
        String time = PostedJson.text(payload, "tst");
        if (time == null) {
            throw Problem.bad("tst is missing");
        }
        return new Report(device(request, query, payload), Report.number("lat", PostedJson.text(payload, "lat")),
                Report.number("lon", PostedJson.text(payload, "lon")), AppTime.parse(time));
    }

    private static String device(Request request, Parameters query, JsonObject payload) {
        String topic = PostedJson.text(payload, "topic");
        if (topic != null && !topic.isBlank()) {
            String[] parts = topic.split("/");
            return parts.length < 2 ? topic : parts[parts.length - 2] + '/' + parts[parts.length - 1];
        }
        String tid = PostedJson.text(payload, "tid");
        String user =
                firstOf(request.header("X-Limit-U"), query.first("u"), PostedJson.text(payload, "u"), request.user());
        String device = firstOf(request.header("X-Limit-D"), query.first("d"), PostedJson.text(payload, "d"), tid);
        if (user != null) {
            return device == null ? user : user + '/' + device;
        }
        if (device == null) {
            throw Problem.bad("no device: neither topic, X-Limit-U and X-Limit-D, u and d, nor tid");
        }
        return device;
    }

    /** The first that is neither null nor blank; or null. */
    static @Nullable String firstOf(@Nullable String... candidates) {
        for (String candidate : candidates) {
            if (candidate != null && !candidate.isBlank()) {
                return candidate;
            }
        }
        return null;
    }
}
