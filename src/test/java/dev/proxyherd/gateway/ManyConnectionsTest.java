package dev.proxyherd.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.proxyherd.gateway.api.EventStream;
import dev.proxyherd.server.Await;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Phones and readers that come all together. */
class ManyConnectionsTest {
    private static final int PHONES = 3_000;

    @Test
    void ofPhonesAreAllServed(@TempDir Path dir) throws IOException {
        List<Socket> sockets = new ArrayList<>();
        try (TestGateway gateway = TestGateway.standingStill(dir)) {
            for (int i = 0; i < PHONES; i++) {
                sockets.add(RawHttp.connect(gateway.port()));
            }
            for (int i = 0; i < PHONES; i++) {
                sockets.get(i).getOutputStream().write(("GET /osmand?id=c" + i + "&lat=1&lon=2&timestamp=3 HTTP/1.1\r\n"
                        + "Host: localhost\r\nConnection: close\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
            }
            for (Socket socket : sockets) {
                assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                        .contains(" 200 OK");
            }
            assertThat(gateway.store.size()).isEqualTo(PHONES);
        } finally {
            for (Socket socket : sockets) {
                socket.close();
            }
        }
    }

    @Test
    void ofReadersAreAsManyAsTheApiSaysAndOneMoreIsToldWhenToTryAgain(@TempDir Path dir) throws IOException {
        List<Subscriber> subscribers = new ArrayList<>();
        try (TestGateway gateway = new TestGateway(dir)) {
            for (int i = 0; i < EventStream.MAX_SUBSCRIBERS; i++) {
                subscribers.add(new Subscriber(gateway, "").begun());
            }
            RawHttp.Answer refused = RawHttp.get(gateway.port(), "/api/events");

            assertThat(refused.status()).isEqualTo(503);
            assertThat(refused.header("Retry-After")).isEqualTo("2");
            assertThat(refused.body()).contains("there are " + EventStream.MAX_SUBSCRIBERS + " subscribers already");
            assertThat(RawHttp.get(gateway.port(), "/api/openapi.json").body())
                    .contains("There are " + EventStream.MAX_SUBSCRIBERS + " subscribers already");

            subscribers.getLast().close();
            AtomicInteger reports = new AtomicInteger();
            Await.until("the place of one that has gone is free", () -> {
                gateway.hear("kiwi +1+2 " + reports.incrementAndGet());
                try (Subscriber next = new Subscriber(gateway, "")) {
                    return next.in.readLine().contains(" 200 ");
                }
            });
        } finally {
            for (Subscriber subscriber : subscribers) {
                subscriber.close();
            }
        }
    }
}
