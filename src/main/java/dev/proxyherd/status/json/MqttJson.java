package dev.proxyherd.status.json;

import com.google.gson.stream.JsonWriter;
import dev.proxyherd.status.MqttStatus;
import java.io.IOException;

/** The form in which a server tells how its connection with an MQTT broker is, as a part of {@link StatusJson}. */
final class MqttJson {
    private MqttJson() {
    }

    static void write(MqttStatus mqtt, JsonWriter json) throws IOException {
        json.beginObject();
        json.name("broker").value(mqtt.broker());
        json.name("connected").value(mqtt.connected());
        json.name("reason").value(mqtt.reason());
        json.name("queued").value(mqtt.queued());
        json.name("taken").value(mqtt.taken());
        json.name("refused").value(mqtt.refused());
        json.name("published").value(mqtt.published());
        json.name("dropped").value(mqtt.dropped());
        json.endObject();
    }

    static MqttStatus read(JsonFields mqtt) throws IOException {
        return new MqttStatus(
                mqtt.text("broker"),
                mqtt.flag("connected"),
                mqtt.optionalText("reason"),
                mqtt.smallNumber("queued"),
                mqtt.number("taken"),
                mqtt.number("refused"),
                mqtt.number("published"),
                mqtt.number("dropped"));
    }
}
