package dev.proxyherd.gateway.reports;

import com.google.gson.JsonObject;
import dev.proxyherd.apps.OwnTracks;
import dev.proxyherd.apps.PostedJson;
import dev.proxyherd.apps.RefusedReport;
import dev.proxyherd.gateway.request.Parameters;
import dev.proxyherd.gateway.request.Request;

/**
 * Whose a payload is that OwnTracks posts in HTTP mode (<a href="https://owntracks.org/booklet/tech/http/">booklet,
 * HTTP</a>): {@code user/device}, as in the topic {@code owntracks/user/device}, from the topic, else the headers
 * {@code X-Limit-U} and {@code X-Limit-D}, else {@code u} and {@code d} of the query or the payload, with the user of
 * basic authentication and the two letters of {@code tid} where one of them is missing.
 */
record OwnTracksDevice(Request request, Parameters query) {

    String of(JsonObject payload) {
        String topic = PostedJson.text(payload, "topic");
        if (topic != null && !topic.isBlank()) {
            return OwnTracks.device(topic);
        }
        String tid = PostedJson.text(payload, "tid");
        String user = PostedJson.firstOf(request.header("X-Limit-U"), query.first("u"), PostedJson.text(payload, "u"),
                request.user());
        String device = PostedJson.firstOf(request.header("X-Limit-D"), query.first("d"),
                PostedJson.text(payload, "d"), tid);
        if (user != null) {
            return device == null ? user : user + '/' + device;
        }
        if (device == null) {
            throw RefusedReport.malformed("no device: neither topic, X-Limit-U and X-Limit-D, u and d, nor tid");
        }
        return device;
    }
}
