package dev.proxyherd.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.proxyherd.server.StubPlaces;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Subscribers of {@code /api/events} that read slowly or not at all. */
@Timeout(60)
class SlowSubscribersTest {
    @AutoClose
    private TestGateway gateway;

    @BeforeEach
    void open(@TempDir Path dir) throws IOException {
        // By its clock no time passes: nobody is ended for lagging, however busy the machine is.
        gateway = new TestGateway(dir, GatewaySettings.loopback(0), InstantSource.system(),
                StubPlaces.giving(TestGateway.PLACES), () -> 0);
    }

    @Test
    void doNotHoldUpTwoHundredOthersAndMissNobodyThemselves() throws IOException {
        int clients = 1_000;
        List<Subscriber> subscribers = new ArrayList<>();
        try (Subscriber deaf = new Subscriber(gateway, "").begun()) {
            for (int i = 0; i < 200; i++) {
                subscribers.add(new Subscriber(gateway, ""));
            }
            for (Subscriber subscriber : subscribers) {
                subscriber.begun();
            }
            for (int round = 0; round < 5; round++) {
                for (int i = 0; i < clients; i++) {
                    gateway.hear(String.format(Locale.ROOT, "c%d +%d+%d %d", i, i % 90, i % 180, round + 1));
                }
            }
            gateway.hear("last +1+1 3");
            for (Subscriber subscriber : subscribers) {
                while (!subscriber.next().clients().contains("last")) {
                    // What came before it.
                }
            }
            Set<String> told = new HashSet<>();
            while (told.size() < clients + 1) {
                told.addAll(deaf.next().clients());
            }
        } finally {
            for (Subscriber subscriber : subscribers) {
                subscriber.close();
            }
        }
    }

    @Test
    void areToldFewerUpdatesTheNewestIncluded() throws IOException {
        try (Subscriber slow = new Subscriber(gateway, "").begun()) {
            for (int round = 1; round <= 20_000; round++) {
                gateway.hear("busy +1+1 " + round);
            }
            gateway.hear("last +1+1 3");

            int told = 0;
            for (Subscriber.Event event = slow.next(); !event.clients().contains("last"); event = slow.next()) {
                told += event.clients().size();
            }
            assertThat(told).isLessThan(10_000);
        }
    }
}
