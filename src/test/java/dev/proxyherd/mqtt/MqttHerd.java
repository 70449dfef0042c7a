package dev.proxyherd.mqtt;

import dev.proxyherd.mqtt.broker.BrokerAddress;
import dev.proxyherd.server.Await;
import dev.proxyherd.server.TestHerd;
import dev.proxyherd.status.MqttStatus;
import java.io.IOException;
import java.nio.file.Path;

/** Servers of a herd that have to do with a broker. */
final class MqttHerd {
    static final String PREFIX = "herd";
    static final TopicFilter OWNTRACKS = new TopicFilter("owntracks/+/+");

    private MqttHerd() {
    }

    static MqttSettings settings(BrokerAddress broker) {
        return settings(broker, null, null);
    }

    static MqttSettings settings(BrokerAddress broker, MqttLogin login, Path authorities) {
        return new MqttSettings(broker, login, authorities, OWNTRACKS, PREFIX, false);
    }

    static void open(TestHerd herd, String server, BrokerAddress broker) throws IOException {
        herd.server(server).openMqtt(settings(broker));
        awaitConnected(herd, server);
    }

    static void awaitConnected(TestHerd herd, String server) {
        Await.until(server + " is connected with the broker", () -> status(herd, server).connected());
    }

    static void awaitReason(TestHerd herd, String server, String words) {
        try {
            Await.until(server + " says: " + words,
                    () -> String.valueOf(status(herd, server).reason()).contains(words));
        } catch (AssertionError e) {
            throw new AssertionError(e.getMessage() + "; it says: " + status(herd, server).reason(), e);
        }
    }

    static MqttStatus status(TestHerd herd, String server) {
        return herd.status(server).mqtt();
    }

    /** Waits until a server has something of a client. */
    static void awaitStored(TestHerd herd, String server, String client, String end) {
        Await.until(server + " has " + client + " " + end,
                () -> String.valueOf(herd.stored(server, client)).strip().endsWith(end));
    }

    /** As an app writes where it is. */
    static String location(String latitude, String longitude, long time) {
        return "{\"_type\":\"location\",\"lat\":" + latitude + ",\"lon\":" + longitude + ",\"tst\":" + time
                + ",\"tid\":\"ne\"}";
    }
}
