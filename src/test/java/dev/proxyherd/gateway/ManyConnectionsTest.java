package dev.proxyherd.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Phones that come all together. */
class ManyConnectionsTest {
    private static final int PHONES = 3_000;

    @Test
    void areAllServed(@TempDir Path dir) throws IOException {
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
}
