package dev.proxyherd.gateway.reports;

import static org.assertj.core.api.Assertions.assertThat;

import dev.proxyherd.gateway.RawHttp;
import dev.proxyherd.gateway.TestGateway;
import dev.proxyherd.server.Await;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Long bodies that come all together. */
class LongBodiesTest {
    private static final String REPORT = "{\"_type\":\"location\",\"lat\":1,\"lon\":2,\"tst\":3,\"tid\":\"%s\"}";
    private static final String LONG = "[" + " ".repeat(10_000) + REPORT.formatted("long") + "]";

    @Test
    void areTakenSomeAtOnceAndShortOnesAlways(@TempDir Path dir) throws IOException {
        List<Socket> sockets = new ArrayList<>();
        try (TestGateway gateway = TestGateway.standingStill(dir)) {
            for (int i = 0; i <= LongBodies.MAX_AT_ONCE; i++) {
                sockets.add(RawHttp.connect(gateway.port()));
                send(sockets.get(i),
                        "POST /owntracks HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Length: "
                                + LONG.length() + "\r\n\r\n" + LONG.substring(1));
            }
            Await.until("one is answered before it is complete", () -> !answered(sockets).isEmpty());
            Socket refused = answered(sockets).getFirst();

            send(refused, " ");
            assertThat(read(refused)).startsWith("HTTP/1.1 503 ").contains("Retry-after: 2");
            assertThat(post(gateway, REPORT.formatted("short")).status()).isEqualTo(200);
            assertThat(gateway.store.find("short")).isNotNull();
            sockets.remove(refused);
            for (Socket socket : sockets) {
                send(socket, " ");
                assertThat(read(socket)).startsWith("HTTP/1.1 200 ");
            }
            assertThat(post(gateway, LONG).status()).isEqualTo(200);
        } finally {
            for (Socket socket : sockets) {
                socket.close();
            }
        }
    }

    private static List<Socket> answered(List<Socket> sockets) throws IOException {
        List<Socket> answered = new ArrayList<>();
        for (Socket socket : sockets) {
            if (socket.getInputStream().available() > 0) {
                answered.add(socket);
            }
        }
        return answered;
    }

    private static String read(Socket socket) throws IOException {
        return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    private static RawHttp.Answer post(TestGateway gateway, String body) throws IOException {
        return RawHttp.post(gateway.port(), "/owntracks", body);
    }

    private static void send(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
        socket.getOutputStream().flush();
    }
}
