package dev.proxyherd.mqtt;

import static dev.proxyherd.mqtt.MqttHerd.location;
import static dev.proxyherd.mqtt.MqttHerd.status;
import static org.assertj.core.api.Assertions.assertThat;

import dev.proxyherd.gateway.GatewaySettings;
import dev.proxyherd.server.Await;
import dev.proxyherd.server.RawClient;
import dev.proxyherd.server.TestClock;
import dev.proxyherd.server.TestHerd;
import dev.proxyherd.status.ForgetOutcome;
import dev.proxyherd.status.HerdStatus;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a server publishes, with mosquitto as a process. */
@Timeout(120)
class MqttPublishingTest {
    private static final long TIME = 1_400_794_645L;

    @TempDir
    private Path dir;

    @AutoClose
    private Mosquitto broker;

    @AutoClose
    private TestHerd herd;

    @BeforeEach
    void start() throws IOException {
        broker = Mosquitto.open(dir);
        herd = TestHerd.ofFive(dir.resolve("state"));
    }

    private Mosquitto.Subscription openAll() throws IOException {
        herd.startAll().awaitLinks();
        for (String name : herd.names()) {
            MqttHerd.open(herd, name, broker.address());
        }
        Mosquitto.Subscription all = broker.subscribe("herd/#");
        for (String name : herd.names()) {
            all.await("herd/$servers/" + name + " online");
        }
        return all;
    }

    private void report(String server, String line) throws IOException {
        try (RawClient client = herd.connect(server)) {
            client.ask(line);
        }
    }

    @Test
    void isWhatAServerHasHeardOnceByOneServerAndRetained() throws Exception {
        Mosquitto.Subscription all = openAll();
        report("Hamilton", "IAMAT kiwi.cs.ucla.edu +034.068930-0118.445127 1400794645.392014450");

        String message = "herd/kiwi.cs.ucla.edu {\"_type\":\"location\",\"lat\":34.068930,\"lon\":-118.445127,"
                + "\"tst\":1400794645,\"tid\":\"du\"}";
        all.await(message);
        MqttHerd.awaitStored(herd, "Bolden", "kiwi.cs.ucla.edu", "1400794645.392014450");
        broker.subscribe("herd/+").await(message);
        assertThat(herd.names().stream().mapToLong(name -> status(herd, name).published()).sum()).isEqualTo(1);
    }

    @Test
    void isNeverWhatCameByMqtt() throws Exception {
        Mosquitto.Subscription all = openAll();
        broker.publish("owntracks/ann/phone", location("1", "2", TIME));
        for (String name : herd.names()) {
            MqttHerd.awaitStored(herd, name, "ann/phone", " +1+2 1400794645");
        }
        report("Alford", "IAMAT kiwi +1+2 1400794645");
        all.await("herd/kiwi ");
        assertThat(all.text()).doesNotContain("ann");
    }

    @Test
    void isWhatCameByHttp() throws Exception {
        Mosquitto.Subscription all = openAll();
        String url =
                herd.server("Alford").openHttp(GatewaySettings.loopback(0), () -> new HerdStatus("Alford", List.of()),
                        client -> new ForgetOutcome(Map.of(), List.of(client), Map.of(), List.of())).url();
        URI.create(url + "osmand?id=ann/phone&lat=34.5&lon=-118&timestamp=1400794645").toURL().openStream().close();
        all.await(
                "herd/ann/phone {\"_type\":\"location\",\"lat\":34.5,\"lon\":-118,\"tst\":1400794645,\"tid\":\"ne\"}");
    }

    @Test
    void isEmptiedWhereverAClientIsForgotten() throws Exception {
        Mosquitto.Subscription all = openAll();
        report("Alford", "IAMAT kiwi +1+2 1400794645");
        all.await("herd/kiwi {");
        herd.forget("Bolden", "kiwi");
        Await.until("it is emptied", () -> all.text().contains("herd/kiwi (null)"));
        report("Alford", "IAMAT last +1+2 1400794645");
        all.await("herd/last {");

        Mosquitto.Subscription later = broker.subscribe("herd/#");
        later.await("herd/last {");
        Await.until("all have said so", () -> herd.names().stream().allMatch(name -> status(herd, name).queued() == 0));
        assertThat(broker.subscribe("herd/#", "-W", "1").text()).doesNotContain("kiwi");
        assertThat(later.text()).doesNotContain("herd/kiwi {");
    }

    @Test
    void ofAnyIdHasATopicOfItsOwn() throws Exception {
        Mosquitto.Subscription all = openAll();
        report("Alford", "IAMAT a/b/c+#$%\u00E4\u0001 +1+2 1400794645");
        all.await("herd/a%2Fb%2Fc%2B%23%24%25%E4%01 {");
        report("Alford", "IAMAT /status +1+2 1400794645");
        all.await("herd/%2Fstatus {");
        report("Alford", "IAMAT $servers/Alford +1+2 1400794645");
        all.await("herd/%24servers/Alford {");
    }

    @Test
    void isDroppedByTheBrokerWhenItExpires() throws Exception {
        herd.expireAfter(Duration.ofHours(1));
        for (String name : herd.names()) {
            herd.clock(name, new TestClock(String.valueOf(TIME)));
        }
        openAll();
        Mosquitto.Subscription all = broker.subscribe("herd/kiwi", "-V", "5", "-F", "%t expires in %E");
        report("Alford", "IAMAT kiwi +1+2 " + (TIME - 600));
        Await.until("it is seen", () -> all.text().matches("(?s).*herd/kiwi expires in (3001|3000|299\\d)\n.*"));
    }
}
