package dev.proxyherd.status.json;

import com.google.gson.stream.JsonWriter;
import dev.proxyherd.status.HerdStatus;
import dev.proxyherd.status.ServerAnswer;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;

/** The herd's status as {@code herd status --json} prints it for programs. What is null is left out. */
public final class HerdJson {
    private HerdJson() {
    }

    /** One line, without its end. */
    public static String write(HerdStatus herd) {
        StringWriter line = new StringWriter();
        try (JsonWriter json = StatusJson.writer(line)) {
            json.beginObject();
            json.name("converged").value(herd.isConverged());
            json.name("faults").beginArray();
            for (String fault : herd.faults()) {
                json.value(fault);
            }
            json.endArray();
            json.name("servers").beginArray();
            for (ServerAnswer server : herd.servers()) {
                write(server, json);
            }
            json.endArray();
            json.endObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e); // memory does not fail
        }
        return line.toString();
    }

    private static void write(ServerAnswer server, JsonWriter json) throws IOException {
        json.beginObject();
        json.name("name").value(server.name());
        json.name("address").beginObject();
        json.name("host").value(server.address().host());
        json.name("port").value(server.address().port());
        json.endObject();
        if (server.status() != null) {
            StatusJson.write(server.status(), json.name("status"));
        }
        if (server.clock() != null) {
            json.name("clock").beginObject();
            json.name("aheadNanos").value(server.clock().aheadNanos());
            json.name("errorNanos").value(server.clock().errorNanos());
            json.endObject();
        }
        json.name("failure").value(server.failure() == null ? null : server.failure().reason());
        json.endObject();
    }
}
