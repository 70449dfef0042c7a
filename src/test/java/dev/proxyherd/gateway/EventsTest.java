package dev.proxyherd.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.SocketException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code /api/events}, as subscribers see it. */
@Timeout(60)
class EventsTest {
    @AutoClose
    private TestGateway gateway;

    @BeforeEach
    void open(@TempDir Path dir) throws IOException {
        gateway = new TestGateway(dir);
    }

    @Test
    void tellWhatIsAcceptedFromNowOn() throws IOException {
        gateway.hear("before +1+1 3");
        try (Subscriber subscriber = new Subscriber(gateway, "").begun()) {
            gateway.hear("kiwi +34.5-118 3");

            Subscriber.Event event = subscriber.next();

            assertThat(event.name()).isEqualTo("locations");
            assertThat(event.clients()).containsExactly("kiwi");
            assertThat(event.data()).contains("\"coordinates\":[-118,34.5]");
        }
    }

    @Test
    void tellOnlyWhatIsInTheBox() throws IOException {
        try (Subscriber subscriber = new Subscriber(gateway, "?bbox=170,-30,-170,0").begun()) {
            gateway.hear("home +34-118 3");
            gateway.hear("fiji -17-179.5 3");

            assertThat(subscriber.next().clients()).containsExactly("fiji");
        }
    }

    @Test
    void resumeFromTheLastEventThatWasSeen() throws IOException {
        String seen;
        try (Subscriber subscriber = new Subscriber(gateway, "").begun()) {
            gateway.hear("a +1+1 3");
            seen = subscriber.next().id();
        }
        gateway.hear("b +1+1 3");
        gateway.hear("c +1+1 3");
        gateway.hear("b +1+1 4");

        try (Subscriber subscriber = new Subscriber(gateway, "", "Last-Event-ID: " + seen).begun()) {
            assertThat(subscriber.next().clients()).containsExactlyInAnyOrder("c", "b");
        }
    }

    @Test
    void goOnWhereThePagesOfClientsEnded() throws IOException {
        gateway.hear("a +1+1 3");
        String body = RawHttp.get(gateway.port(), "/api/clients").body();
        String cursor = body.replaceFirst("(?s).*\"cursor\":\"([^\"]+)\".*", "$1");
        gateway.hear("b +1+1 3");

        try (Subscriber subscriber = new Subscriber(gateway, "?since=" + cursor).begun()) {
            assertThat(subscriber.next().clients()).containsExactly("b");
        }
    }

    @Test
    void sayThatACursorOfAnEarlierRunIsOfNoUse() throws IOException {
        for (String cursor : List.of("abc-17", "nonsense", "")) {
            try (Subscriber subscriber = new Subscriber(gateway, "", "Last-Event-ID: " + cursor).begun()) {
                assertThat(subscriber.next().name()).isEqualTo("reset");
                gateway.hear("after" + cursor + " +1+1 3");
                assertThat(subscriber.next().clients()).containsExactly("after" + cursor);
            }
        }
    }

    @Test
    void tellWhomTheServerHasForgotten() throws IOException {
        gateway.hear("old +1+1 100");
        try (Subscriber subscriber = new Subscriber(gateway, "").begun()) {
            gateway.cutoffNanos.set(1_000_000_000_000L);
            gateway.hear("new +1+1 2000");

            List<Subscriber.Event> events = new ArrayList<>();
            while (events.stream().noneMatch(event -> event.name().equals("forgotten"))) {
                events.add(subscriber.next());
            }
            assertThat(events.getLast().data()).isEqualTo("[\"old\"]");
        }
    }

    @Test
    void tellOfAClientThatWasForgottenAndCameBackInThatOrderWithOneIdForBoth() throws IOException {
        gateway.hear("back +1+1 100");
        String cursor = ApiAnswers.get(gateway, "/api/clients").get("cursor").getAsString();
        gateway.cutoffNanos.set(1_000_000_000_000L);
        assertThat(ApiAnswers.ids(ApiAnswers.get(gateway, "/api/clients"))).isEmpty();
        gateway.hear("back +2+2 2000");

        try (Subscriber subscriber = new Subscriber(gateway, "?since=" + cursor).begun()) {
            Subscriber.Event first = subscriber.next();
            Subscriber.Event second = subscriber.next();

            assertThat(first).isEqualTo(new Subscriber.Event("forgotten", "[\"back\"]", ""));
            assertThat(second.name()).isEqualTo("locations");
            assertThat(second.clients()).containsExactly("back");
            assertThat(second.id())
                    .isEqualTo(ApiAnswers.get(gateway, "/api/clients").get("cursor").getAsString() + ".0");
        }
    }

    @Test
    void haveAnIdAlsoWhenTheyTellOnlyWhomTheServerHasForgotten() throws IOException {
        gateway.hear("old +1+1 100");
        String cursor = ApiAnswers.get(gateway, "/api/clients").get("cursor").getAsString();
        gateway.cutoffNanos.set(1_000_000_000_000L);

        try (Subscriber subscriber = new Subscriber(gateway, "?since=" + cursor).begun()) {
            Subscriber.Event event = subscriber.next();

            assertThat(event.name()).isEqualTo("forgotten");
            assertThat(event.id()).isNotEmpty().isNotEqualTo(cursor);
        }
    }

    @Test
    void endWhenTheGatewayCloses() throws IOException {
        try (Subscriber subscriber = new Subscriber(gateway, "").begun()) {
            gateway.close();

            assertThat(subscriber.in.lines().filter(line -> line.startsWith("event:")).count()).isZero();
        } catch (UncheckedIOException reset) {
            assertThat(reset).hasCauseInstanceOf(SocketException.class);
        }
    }
}
