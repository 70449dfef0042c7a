package dev.proxyherd.gateway.index;

import static org.assertj.core.api.Assertions.assertThat;

import dev.proxyherd.gateway.RawHttp;
import dev.proxyherd.gateway.Subscriber;
import dev.proxyherd.gateway.TestGateway;
import dev.proxyherd.geo.BoundingBox;
import dev.proxyherd.protocol.Location;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code /api/events} of a box: whoever leaves it is not shown in it for ever. */
@Timeout(60)
class LeavingABoxTest {
    private static final String BOX = "?bbox=0,0,10,10";

    @AutoClose
    private TestGateway gateway;

    @BeforeEach
    void open(@TempDir Path dir) throws IOException {
        gateway = new TestGateway(dir);
    }

    @Test
    void isTold() throws IOException {
        gateway.hear("ship +1+1 3");
        gateway.hear("far +50+50 3");
        try (Subscriber subscriber = new Subscriber(gateway, BOX).begun()) {
            gateway.hear("far +51+51 4");
            gateway.hear("new +52+52 4");
            gateway.hear("ship +1+20 4");

            assertThat(subscriber.next()).returns("forgotten", Subscriber.Event::name)
                    .returns("[\"ship\"]", Subscriber.Event::data);
        }
    }

    @Test
    void isToldOnceUntilItReturns() throws IOException {
        gateway.hear("ship +1+1 3");
        try (Subscriber subscriber = new Subscriber(gateway, BOX).begun()) {
            gateway.hear("ship +1+20 4");
            assertThat(subscriber.next().data()).isEqualTo("[\"ship\"]");

            gateway.hear("ship +1+21 5");
            gateway.hear("boat +2+2 5");
            assertThat(subscriber.next().clients()).containsExactly("boat");

            gateway.hear("ship +1+2 6");
            assertThat(subscriber.next().clients()).containsExactly("ship");
        }
    }

    @Test
    void isToldToWhomWasAwayMeanwhile() throws IOException {
        String seen;
        try (Subscriber subscriber = new Subscriber(gateway, BOX).begun()) {
            gateway.hear("ship +1+1 3");
            seen = subscriber.next().id();
        }
        for (int time = 4; time < 8; time++) {
            gateway.hear("ship +1+2" + time + ' ' + time);
            // So that each report is a change of its own.
            RawHttp.get(gateway.port(), "/api/clients");
        }

        try (Subscriber subscriber = new Subscriber(gateway, BOX, "Last-Event-ID: " + seen).begun()) {
            assertThat(subscriber.next().data()).isEqualTo("[\"ship\"]");
        }
    }

    @Test
    void isToldToWhomNotAllWasToldAtOnce() {
        ClientIndex index = new ClientIndex("run", ChangeLog.MAX_FORGOTTEN, client -> false, ClientIndex.Follower.NONE);
        BoundingBox box = BoundingBox.parse("0,0,10,10");
        hear(index, "ship +1+1 3");
        Changes all = index.news(0, 0, box, 2);
        hear(index, "a +1+1 3");
        hear(index, "ship +1+20 4");
        hear(index, "b +1+1 3");
        hear(index, "ship +1+21 5");

        Changes part = index.news(all.last(), all.last(), box, 2);
        Changes rest = index.news(part.last(), all.last(), box, 2);

        assertThat(part.more()).isTrue();
        assertThat(part.forgotten()).isEmpty();
        assertThat(rest.forgotten()).containsExactly("ship");
    }

    private static void hear(ClientIndex index, String report) {
        byte[] line = ("AT A +0.000000000 " + report).getBytes(StandardCharsets.US_ASCII);
        index.takeOver(() -> List.of(Location.parse(line, 0, line.length, 0)));
    }
}
