package dev.proxyherd.mqtt;

import static dev.proxyherd.mqtt.MqttHerd.awaitConnected;
import static dev.proxyherd.mqtt.MqttHerd.awaitStored;
import static dev.proxyherd.mqtt.MqttHerd.location;
import static dev.proxyherd.mqtt.MqttHerd.status;
import static org.assertj.core.api.Assertions.assertThat;

import dev.proxyherd.server.Await;
import dev.proxyherd.server.RawClient;
import dev.proxyherd.server.TestHerd;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A broker that hangs: it has stopped, and says nothing, not even that it is gone. */
@Timeout(180)
class MqttOutagesTest {
    @TempDir
    private Path dir;

    @Test
    void holdUpNoClientAreLeftAndMadeUpFor() throws Exception {
        try (Mosquitto broker = Mosquitto.open(dir);
                TestHerd herd = new TestHerd(dir.resolve("state"), "Alford", "Parker").link("Alford", "Parker")) {
            herd.startAll();
            MqttHerd.open(herd, "Alford", broker.address());
            broker.signal("STOP");
            try (RawClient alford = herd.connect("Alford")) {
                long begun = System.nanoTime();
                for (int i = 0; i < 1000; i++) {
                    alford.ask("IAMAT c" + i + " +1+2 " + (1_400_794_645L + i));
                }
                assertThat(Duration.ofNanos(System.nanoTime() - begun)).as("nobody waits for the broker")
                        .isLessThan(Duration.ofSeconds(20));
            }
            Await.until("it is left", () -> !status(herd, "Alford").connected());
            assertThat(status(herd, "Alford").queued()).isEqualTo(1000);

            broker.signal("CONT");
            awaitConnected(herd, "Alford");
            Await.until("all is published", () -> status(herd, "Alford").queued() == 0);
            Mosquitto.Subscription all = broker.subscribe("herd/+");
            Await.until("all is there",
                    () -> all.text().lines().filter(line -> line.startsWith("herd/c")).count() == 1000);
            broker.publish("owntracks/ann/phone", location("1", "2", 3));
            awaitStored(herd, "Parker", "ann/phone", " +1+2 3");
        }
    }

    @Test
    void holdUpNoStop() throws Exception {
        try (Mosquitto broker = Mosquitto.open(dir);
                TestHerd herd = new TestHerd(dir.resolve("state"), "Alford").startAll()) {
            MqttHerd.open(herd, "Alford", broker.address());
            broker.signal("STOP");
            try (RawClient alford = herd.connect("Alford")) {
                alford.ask("IAMAT kiwi +1+2 3");
            }
            long begun = System.nanoTime();
            herd.stop("Alford");
            assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(15));
            broker.signal("CONT");
        }
    }
}
