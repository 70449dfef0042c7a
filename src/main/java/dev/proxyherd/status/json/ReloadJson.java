package dev.proxyherd.status.json;

import com.google.gson.JsonArray;
import com.google.gson.stream.JsonWriter;
import dev.proxyherd.status.ReloadStatus;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/** The form in which a server tells what came of reading its topology file again: one line of JSON. */
public final class ReloadJson {
    private ReloadJson() {
    }

    /** One line, without its end. */
    public static String write(ReloadStatus reload) {
        StringWriter line = new StringWriter();
        try (JsonWriter json = StatusJson.writer(line)) {
            write(reload, json);
        } catch (IOException e) {
            throw new UncheckedIOException(e); // memory does not fail
        }
        return line.toString();
    }

    static void write(ReloadStatus reload, JsonWriter json) throws IOException {
        json.beginObject();
        json.name("atMillis").value(reload.atMillis());
        write("changes", reload.changes(), json);
        write("restart", reload.restart(), json);
        write("overruled", reload.overruled(), json);
        json.name("fault").value(reload.fault());
        json.endObject();
    }

    private static void write(String name, List<String> texts, JsonWriter json) throws IOException {
        json.name(name).beginArray();
        for (String text : texts) {
            json.value(text);
        }
        json.endArray();
    }

    /**
     * Reads what another server has written.
     *
     * @throws IOException if it is nothing of the kind; the message begins with "its answer"
     */
    public static ReloadStatus read(String line) throws IOException {
        return read(JsonFields.of(StatusJson.parse(line), ""));
    }

    static ReloadStatus read(JsonFields reload) throws IOException {
        return new ReloadStatus(reload.number("atMillis"), texts(reload.array("changes")),
                texts(reload.array("restart")), texts(reload.array("overruled")), reload.optionalText("fault"));
    }

    private static List<String> texts(JsonArray array) throws IOException {
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < array.size(); i++) {
            if (!array.get(i).isJsonPrimitive()) {
                throw JsonFields.noStatus("a list holds what is no text");
            }
            texts.add(array.get(i).getAsString());
        }
        return texts;
    }
}
