package dev.proxyherd.server;

import dev.proxyherd.mqtt.MqttDoor;
import dev.proxyherd.mqtt.MqttParts;
import dev.proxyherd.mqtt.MqttSettings;
import dev.proxyherd.rights.Rights;
import dev.proxyherd.store.Reports;
import dev.proxyherd.store.UpdateListener;
import java.io.IOException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Gives a server a connection with an MQTT broker. Until then nothing of that is loaded. */
record MqttOpener(ServerParts parts) implements MqttParts.Doors {

    /** @param rights what the token of a name may do */
    MqttDoor open(MqttSettings settings, Function<String, Rights> rights) throws IOException {
        ServerConfig config = parts.config;
        return MqttDoor.open(settings, new MqttParts(config.name().toString(),
                config.settings().secret().derive("mqtt"), parts.store, parts.expiry, this, rights, parts.log),
                config.context().clock());
    }

    @Override
    public void tell(UpdateListener listener) {
        parts.intake.tell(listener);
    }

    @Override
    public Reports besides(@Nullable UpdateListener listener) {
        return parts.reports(parts.intake.besides(listener));
    }
}
