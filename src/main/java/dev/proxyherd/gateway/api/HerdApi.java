package dev.proxyherd.gateway.api;

import dev.proxyherd.gateway.request.JsonText;
import dev.proxyherd.gateway.request.Reply;
import dev.proxyherd.gateway.request.Request;
import dev.proxyherd.status.HerdLink;
import dev.proxyherd.status.HerdStatus;
import dev.proxyherd.status.KafkaStatus;
import dev.proxyherd.status.LinkStatus;
import dev.proxyherd.status.MqttStatus;
import dev.proxyherd.status.ServerAnswer;
import dev.proxyherd.status.ServerStatus;
import java.util.Locale;
import java.util.function.Supplier;

/** {@code GET /api/herd}: servers and links. */
public final class HerdApi {
    private final Supplier<HerdStatus> herd;

    public HerdApi(Supplier<HerdStatus> herd) {
        this.herd = herd;
    }

    /**
     * All that is known. For whoever may not see every client it is names and states only: counts, digests and whether all know the
     * same tell that there is more, and that it moves.
     */
    public Reply get(Request request) {
        boolean whole = request.rights().seesAll();
        HerdStatus status = herd.get();
        StringBuilder json = new StringBuilder("{\"server\":");
        JsonText.string(json, String.valueOf(status.seenFrom()));
        if (whole) {
            json.append(",\"converged\":").append(status.isWell());
        }
        json.append(",\"servers\":[");
        String separator = "";
        for (ServerAnswer server : status.servers()) {
            json.append(separator);
            write(json, server, whole);
            separator = ",";
        }
        json.append("],\"links\":[");
        separator = "";
        for (HerdLink link : status.links()) {
            json.append(separator);
            write(json, link, whole);
            separator = ",";
        }
        if (whole) {
            json.append("],\"faults\":[");
            separator = "";
            for (String fault : status.faults()) {
                json.append(separator);
                JsonText.string(json, fault);
                separator = ",";
            }
        }
        return Reply.ok(Reply.JSON, json.append("]}\n"));
    }

    private static void write(StringBuilder json, ServerAnswer server, boolean whole) {
        json.append("{\"name\":");
        JsonText.string(json, server.name());
        if (whole) {
            json.append(",\"address\":");
            JsonText.string(json, server.address().toString());
        }
        ServerStatus known = server.status();
        json.append(",\"state\":\"").append(known == null ? "down" : "up").append('"');
        if (known != null && whole) {
            number(json, "clients", known.clients());
            number(json, "connections", known.connections());
            if (known.journal() != null) {
                number(json, "journalBytes", known.journal().bytes());
                number(json, "journalRecords", known.journal().records());
            }
            if (known.kafka() != null) {
                write(json, known.kafka());
            }
            json.append(",\"digest\":");
            JsonText.string(json, known.digest());
            if (known.mqtt() != null) {
                write(json, known.mqtt());
            }
        }
        json.append('}');
    }

    private static void write(StringBuilder json, MqttStatus mqtt) {
        json.append(",\"mqtt\":{\"broker\":");
        JsonText.string(json, mqtt.broker());
        json.append(",\"state\":\"").append(mqtt.connected() ? "up" : "down").append('"');
        if (mqtt.reason() != null) {
            json.append(",\"reason\":");
            JsonText.string(json, mqtt.reason());
        }
        number(json, "queue", mqtt.queued());
        number(json, "reports", mqtt.taken());
        number(json, "refusedReports", mqtt.refused());
        number(json, "published", mqtt.published());
        number(json, "dropped", mqtt.dropped());
        json.append('}');
    }

    private static void write(StringBuilder json, KafkaStatus kafka) {
        json.append(",\"kafka\":{\"topic\":");
        JsonText.string(json, kafka.topic());
        json.append(",\"connected\":").append(kafka.connected());
        number(json, "lagRecords", kafka.lagRecords());
        number(json, "lagMillis", kafka.lagMillis());
        number(json, "queue", kafka.queued());
        number(json, "published", kafka.published());
        number(json, "read", kafka.read());
        number(json, "duplicates", kafka.duplicates());
        if (kafka.failure() != null) {
            json.append(",\"failure\":");
            JsonText.string(json, kafka.failure());
        }
        json.append('}');
    }

    private static void write(StringBuilder json, HerdLink link, boolean whole) {
        json.append("{\"from\":");
        JsonText.string(json, link.from());
        json.append(",\"to\":");
        JsonText.string(json, link.to());
        json.append(",\"state\":\"").append(link.state().name().toLowerCase(Locale.ROOT)).append('"');
        LinkStatus known = link.status();
        if (known != null && whole) {
            number(json, "queue", known.queued());
            number(json, "sentLines", known.linesSent());
            number(json, "sentBytes", known.bytesSent());
            number(json, "resyncs", known.starts());
            if (known.up()) {
                number(json, "heardMillisAgo", known.heardMillisAgo());
            }
        }
        json.append('}');
    }

    private static void number(StringBuilder json, String name, long value) {
        json.append(",\"").append(name).append("\":").append(value);
    }
}
