package dev.proxyherd.status.json;

import com.google.gson.stream.JsonWriter;
import dev.proxyherd.status.HistoryStatus;
import dev.proxyherd.status.KafkaStatus;
import java.io.IOException;

/** A {@link KafkaStatus} in a server's answer. */
final class KafkaJson {
    private KafkaJson() {
    }

    static void write(KafkaStatus kafka, JsonWriter json) throws IOException {
        json.beginObject();
        json.name("topic").value(kafka.topic());
        json.name("connected").value(kafka.connected());
        json.name("lagRecords").value(kafka.lagRecords());
        json.name("lagMillis").value(kafka.lagMillis());
        json.name("queued").value(kafka.queued());
        json.name("published").value(kafka.published());
        json.name("read").value(kafka.read());
        json.name("duplicates").value(kafka.duplicates());
        json.name("skipped").value(kafka.skipped());
        json.name("failure").value(kafka.failure());
        if (kafka.history() != null) {
            write(kafka.history(), json.name("history"));
        }
        json.endObject();
    }

    private static void write(HistoryStatus history, JsonWriter json) throws IOException {
        json.beginObject();
        json.name("topic").value(history.topic());
        json.name("queued").value(history.queued());
        json.name("written").value(history.written());
        json.name("leftOut").value(history.leftOut());
        json.name("failure").value(history.failure());
        json.endObject();
    }

    static KafkaStatus read(JsonFields kafka) throws IOException {
        return new KafkaStatus(
                kafka.text("topic"),
                kafka.flag("connected"),
                kafka.number("lagRecords"),
                kafka.number("lagMillis"),
                kafka.number("queued"),
                kafka.number("published"),
                kafka.number("read"),
                kafka.number("duplicates"),
                kafka.number("skipped"),
                kafka.optionalText("failure"),
                kafka.optional("history") == null ? null : history(kafka.object("history")));
    }

    private static HistoryStatus history(JsonFields history) throws IOException {
        return new HistoryStatus(
                history.text("topic"),
                history.number("queued"),
                history.number("written"),
                history.number("leftOut"),
                history.optionalText("failure"));
    }
}
