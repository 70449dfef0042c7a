package dev.proxyherd.gateway.api;

import dev.proxyherd.gateway.request.JsonText;
import dev.proxyherd.gateway.request.Reply;
import dev.proxyherd.status.HerdStatus;
import java.util.Locale;
import java.util.function.Supplier;

/** {@code GET /api/herd}: servers and links. */
public final class HerdApi {
    private final Supplier<HerdStatus> herd;

    public HerdApi(Supplier<HerdStatus> herd) {
        this.herd = herd;
    }

    public Reply get() {
        HerdStatus status = herd.get();
        StringBuilder json = new StringBuilder("{\"server\":");
        JsonText.string(json, status.server());
        json.append(",\"converged\":").append(status.isConverged()).append(",\"servers\":[");
        String separator = "";
        for (HerdStatus.Server server : status.servers()) {
            json.append(separator).append("{\"name\":");
            JsonText.string(json, server.name());
            json.append(",\"address\":");
            JsonText.string(json, server.address());
            json.append(",\"state\":\"").append(word(server.state())).append('"');
            known(json, "clients", server.clients());
            known(json, "connections", server.connections());
            known(json, "journalBytes", server.journalBytes());
            known(json, "journalRecords", server.journalRecords());
            if (server.digest() != null) {
                json.append(",\"digest\":\"").append(server.digest()).append('"');
            }
            json.append('}');
            separator = ",";
        }
        json.append("],\"links\":[");
        separator = "";
        for (HerdStatus.Link link : status.links()) {
            json.append(separator).append("{\"from\":");
            JsonText.string(json, link.from());
            json.append(",\"to\":");
            JsonText.string(json, link.to());
            json.append(",\"state\":\"").append(word(link.state())).append('"');
            known(json, "queue", link.queue());
            known(json, "sentLines", link.sentLines());
            known(json, "sentBytes", link.sentBytes());
            known(json, "resyncs", link.resyncs());
            known(json, "heardMillisAgo", link.heardMillisAgo());
            json.append('}');
            separator = ",";
        }
        json.append("],\"faults\":[");
        separator = "";
        for (String fault : status.faults()) {
            json.append(separator);
            JsonText.string(json, fault);
            separator = ",";
        }
        return Reply.ok(Reply.JSON, json.append("]}\n"));
    }

    private static void known(StringBuilder json, String name, long value) {
        if (value >= 0) {
            json.append(",\"").append(name).append("\":").append(value);
        }
    }

    private static String word(HerdStatus.State state) {
        return state.name().toLowerCase(Locale.ROOT);
    }
}
