package dev.proxyherd.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import dev.proxyherd.server.StubPlaces;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** More clients expire at once than a server keeps in mind for its subscribers. */
@Timeout(60)
class ManyForgottenTest {
    private static final int KEPT_IN_MIND = 10;
    private static final long LATER = 1_000_000_000_000L;

    @AutoClose
    private TestGateway gateway;

    @BeforeEach
    void open(@TempDir Path dir) throws IOException {
        gateway = new TestGateway(dir, GatewaySettings.loopback(0), InstantSource.system(),
                StubPlaces.giving(TestGateway.PLACES), System::nanoTime, KEPT_IN_MIND);
    }

    private void hear(int clients) {
        for (int i = 0; i < clients; i++) {
            gateway.hear("c" + i + " +1+1 100");
        }
    }

    @Test
    void aSubscriberIsToldToBeginAnewAndIsToldAllThatComesAfterThat() throws IOException {
        hear(3 * KEPT_IN_MIND);
        try (Subscriber subscriber = new Subscriber(gateway, "").begun()) {
            gateway.cutoffNanos.set(LATER);
            gateway.hear("new +1+1 2000");

            Subscriber.Event event = subscriber.next();
            while (!event.name().equals("reset")) {
                event = subscriber.next();
            }
            gateway.hear("newer +1+1 2000");
            while (!event.clients().contains("newer")) {
                event = subscriber.next();
            }
            assertThat(ApiAnswers.ids(ApiAnswers.get(gateway, "/api/clients"))).containsExactly("new", "newer");
        }
    }

    @Test
    void asManyAsAreKeptInMindAreToldOneByOne() throws IOException {
        hear(KEPT_IN_MIND);
        try (Subscriber subscriber = new Subscriber(gateway, "").begun()) {
            gateway.cutoffNanos.set(LATER);
            gateway.hear("new +1+1 2000");

            Subscriber.Event event = subscriber.next();
            while (!event.name().equals("forgotten")) {
                assertThat(event.name()).isEqualTo("locations");
                event = subscriber.next();
            }
            assertThat(event.data().split(",")).hasSize(KEPT_IN_MIND);
        }
    }

    @Test
    void whoWasOnAPageAndIsForgottenBeforeTheNextIsToldByTheEventsAfterIt() throws IOException {
        for (int i = 0; i < 4; i++) {
            gateway.hear("c" + i + " +1+1 100");
            ApiAnswers.get(gateway, "/api/clients"); // those that wait together stand in no order
        }
        JsonObject first = ApiAnswers.get(gateway, "/api/clients?limit=2");
        gateway.hear("c3 +1+1 2000");
        gateway.cutoffNanos.set(LATER);
        JsonObject second = ApiAnswers.get(gateway, "/api/clients?cursor=" + first.get("cursor").getAsString());
        assertThat(ApiAnswers.ids(second)).containsExactly("c3");

        Set<String> seen = new HashSet<>(ApiAnswers.ids(first));
        try (Subscriber subscriber = new Subscriber(gateway, "?since=" + second.get("cursor").getAsString()).begun()) {
            Subscriber.Event event = subscriber.next();
            assertThat(event.name()).isEqualTo("forgotten");
            assertThat(event.data()).contains(seen);
        }
    }
}
