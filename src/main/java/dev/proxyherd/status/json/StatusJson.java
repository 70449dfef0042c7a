package dev.proxyherd.status.json;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import com.google.gson.stream.JsonWriter;
import com.google.gson.stream.MalformedJsonException;
import dev.proxyherd.status.JournalStatus;
import dev.proxyherd.status.LinkStatus;
import dev.proxyherd.status.RoomStatus;
import dev.proxyherd.status.ServerStatus;
import dev.proxyherd.status.TopologyStatus;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/**
 * The form in which a server answers a question of the STATUS role: one line of JSON. What is null is left out. A reader
 * ignores fields that it does not know, so that servers of a later build may tell more, and takes no answer that lacks
 * one of these or has another kind of value there.
 */
public final class StatusJson {
    private StatusJson() {
    }

    /** The status as one line, without its end. */
    public static String write(ServerStatus status) {
        StringWriter line = new StringWriter();
        try (JsonWriter json = writer(line)) {
            write(status, json);
        } catch (IOException e) {
            throw new UncheckedIOException(e); // memory does not fail
        }
        return line.toString();
    }

    /** Writes JSON on one line, and leaves out what is null. */
    static JsonWriter writer(StringWriter line) {
        JsonWriter json = new JsonWriter(line);
        json.setSerializeNulls(false);
        return json;
    }

    static void write(ServerStatus status, JsonWriter json) throws IOException {
        json.beginObject();
        json.name("name").value(status.name());
        json.name("startedMillis").value(status.startedMillis());
        json.name("nowNanos").value(status.nowNanos());
        json.name("clients").value(status.clients());
        json.name("forgotten").value(status.forgotten());
        json.name("digest").value(status.digest());
        json.name("cutoffNanos").value(status.cutoffNanos());
        json.name("goneCutoffNanos").value(status.goneCutoffNanos());
        json.name("connections").value(status.connections());
        write(status.room(), json.name("room"));
        json.name("links").beginArray();
        for (LinkStatus link : status.links()) {
            write(link, json);
        }
        json.endArray();
        if (status.journal() != null) {
            write(status.journal(), json.name("journal"));
        }
        write(status.topology(), json.name("topology"));
        json.name("certificateEndMillis").value(status.certificateEndMillis());
        if (status.mqtt() != null) {
            MqttJson.write(status.mqtt(), json.name("mqtt"));
        }
        if (status.kafka() != null) {
            KafkaJson.write(status.kafka(), json.name("kafka"));
        }
        if (status.webhooks() != null) {
            WebhookJson.write(status.webhooks(), json.name("webhooks"));
        }
        json.endObject();
    }

    private static void write(RoomStatus room, JsonWriter json) throws IOException {
        json.beginObject();
        json.name("maxClients").value(room.maxClients());
        json.name("full").value(room.full());
        json.name("lacking").value(room.lacking());
        json.name("refusedReports").value(room.refusedReports());
        json.name("refusedTaught").value(room.refusedTaught());
        json.name("refusedReplayed").value(room.refusedReplayed());
        json.endObject();
    }

    private static void write(LinkStatus link, JsonWriter json) throws IOException {
        json.beginObject();
        json.name("neighbour").value(link.neighbour());
        json.name("up").value(link.up());
        json.name("reason").value(link.reason());
        json.name("queued").value(link.queued());
        json.name("heardMillisAgo").value(link.heardMillisAgo());
        json.name("starts").value(link.starts());
        json.name("linesSent").value(link.linesSent());
        json.name("bytesSent").value(link.bytesSent());
        json.name("linesResent").value(link.linesResent());
        json.name("incoming").value(link.incoming());
        json.name("namesake").value(link.namesake());
        json.name("clients").value(link.clients());
        json.endObject();
    }

    private static void write(TopologyStatus topology, JsonWriter json) throws IOException {
        json.beginObject();
        json.name("hash").value(topology.hash());
        if (topology.reload() != null) {
            ReloadJson.write(topology.reload(), json.name("reload"));
        }
        json.endObject();
    }

    private static void write(JournalStatus journal, JsonWriter json) throws IOException {
        json.beginObject();
        json.name("bytes").value(journal.bytes());
        json.name("records").value(journal.records());
        json.name("replayed").value(journal.replayed());
        json.name("failure").value(journal.failure());
        json.name("lastRoundMillis").value(journal.lastRoundMillis());
        json.name("unread").value(journal.unread());
        json.name("held").value(journal.held());
        json.endObject();
    }

    /**
     * Reads what another server has written.
     *
     * @throws IOException if it is no status; the message begins with "its answer" and names what is missing
     */
    public static ServerStatus read(String line) throws IOException {
        JsonFields status = JsonFields.of(parse(line), "");
        JsonElement journal = status.optional("journal");
        JsonElement mqtt = status.optional("mqtt");
        JsonElement kafka = status.optional("kafka");
        JsonElement webhooks = status.optional("webhooks");
        return new ServerStatus(
                status.text("name"),
                status.number("startedMillis"),
                status.number("nowNanos"),
                status.smallNumber("clients"),
                status.smallNumber("forgotten"),
                status.text("digest"),
                status.number("cutoffNanos"),
                status.number("goneCutoffNanos"),
                status.smallNumber("connections"),
                room(status.object("room")),
                links(status.array("links")),
                journal == null ? null : journal(JsonFields.of(journal, "journal.")),
                topology(status),
                status.optional("certificateEndMillis") == null ? null : status.number("certificateEndMillis"),
                mqtt == null ? null : MqttJson.read(JsonFields.of(mqtt, "mqtt.")),
                kafka == null ? null : KafkaJson.read(JsonFields.of(kafka, "kafka.")),
                webhooks == null ? null : WebhookJson.read(JsonFields.of(webhooks, "webhooks.")));
    }

    static JsonElement parse(String line) throws IOException {
        try (JsonReader json = new JsonReader(new StringReader(line))) {
            json.setStrictness(Strictness.STRICT);
            JsonElement element = JsonParser.parseReader(json);
            if (json.peek() != JsonToken.END_DOCUMENT) {
                throw JsonFields.noStatus("more follows");
            }
            return element;
        } catch (JsonParseException | MalformedJsonException e) {
            throw JsonFields.noStatus("it is no JSON");
        }
    }

    private static TopologyStatus topology(JsonFields status) throws IOException {
        JsonElement field = status.optional("topology");
        JsonFields topology = JsonFields.of(field == null ? JsonNull.INSTANCE : field, "topology.");
        JsonElement reload = topology.optional("reload");
        return new TopologyStatus(topology.text("hash"),
                reload == null ? null : ReloadJson.read(JsonFields.of(reload, "topology.reload.")));
    }

    private static List<LinkStatus> links(JsonArray array) throws IOException {
        List<LinkStatus> links = new ArrayList<>();
        for (JsonElement element : array) {
            links.add(link(JsonFields.of(element, "links[" + links.size() + "].")));
        }
        return links;
    }

    private static LinkStatus link(JsonFields link) throws IOException {
        return new LinkStatus(
                link.text("neighbour"),
                link.flag("up"),
                link.optionalText("reason"),
                link.smallNumber("queued"),
                link.number("heardMillisAgo"),
                link.number("starts"),
                link.number("linesSent"),
                link.number("bytesSent"),
                link.number("linesResent"),
                link.flag("incoming"),
                link.optionalText("namesake"),
                link.number("clients"));
    }

    private static RoomStatus room(JsonFields room) throws IOException {
        return new RoomStatus(
                room.smallNumber("maxClients"),
                room.flag("full"),
                room.number("lacking"),
                room.number("refusedReports"),
                room.number("refusedTaught"),
                room.number("refusedReplayed"));
    }

    private static JournalStatus journal(JsonFields journal) throws IOException {
        return new JournalStatus(
                journal.number("bytes"),
                journal.number("records"),
                journal.flag("replayed"),
                journal.optionalText("failure"),
                journal.number("lastRoundMillis"),
                journal.number("unread"),
                journal.optionalText("held"));
    }
}
