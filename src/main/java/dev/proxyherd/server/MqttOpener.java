package dev.proxyherd.server;

import dev.proxyherd.mqtt.MqttDoor;
import dev.proxyherd.mqtt.MqttParts;
import dev.proxyherd.mqtt.MqttSettings;
import dev.proxyherd.rights.Rights;
import dev.proxyherd.store.Reports;
import dev.proxyherd.store.UpdateListener;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Gives a server a connection with an MQTT broker. Until then nothing of that is loaded. */
record MqttOpener(ServerParts parts) implements MqttParts.Doors {

    MqttDoor open(MqttSettings settings) throws IOException {
        ServerConfig config = parts.config;
        return MqttDoor.open(settings, new MqttParts(config.name().toString(),
                config.settings().secret().derive("mqtt"), parts.store, parts.expiry, this, this::rights, parts.log),
                config.context().clock());
    }

    /** A topic's user stands for the token of that name; without tokens everybody may report everybody. */
    private Rights rights(String user) {
        return parts.tokens == null ? Rights.ALL : parts.tokens.of(user);
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
