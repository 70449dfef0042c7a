package dev.proxyherd.status.json;

import com.google.gson.stream.JsonWriter;
import dev.proxyherd.status.ForgetOutcome;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** What came of forgetting clients as {@code herd forget --json} prints it for programs. */
public final class ForgetJson {
    private ForgetJson() {
    }

    /**
     * One line, without its end. Bytes of IDs that are no UTF-8 are replaced.
     *
     * @param elsewhere places that may still hold what was erased, in words
     */
    public static String write(ForgetOutcome outcome, List<String> elsewhere) {
        StringWriter line = new StringWriter();
        try (JsonWriter json = StatusJson.writer(line)) {
            json.beginObject().name("complete").value(outcome.isComplete());
            texts(json.name("gone"), outcome.gone().values().stream().map(ForgetJson::text).toList());
            texts(json.name("unknown"), outcome.unknown().stream().map(ForgetJson::text).toList());
            json.name("unasked").beginObject();
            for (Map.Entry<String, String> server : outcome.unasked().entrySet()) {
                json.name(server.getKey()).value(server.getValue());
            }
            json.endObject();
            texts(json.name("behind"), outcome.behind());
            texts(json.name("elsewhere"), elsewhere);
            json.endObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e); // memory does not fail
        }
        return line.toString();
    }

    private static void texts(JsonWriter json, Iterable<String> texts) throws IOException {
        json.beginArray();
        for (String text : texts) {
            json.value(text);
        }
        json.endArray();
    }

    /** What holds a character for each byte, as UTF-8. */
    private static String text(String bytes) {
        return new String(bytes.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
    }
}
