package dev.proxyherd.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.proxyherd.gateway.access.AccessRules;
import dev.proxyherd.server.Await;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One address follows events as often as it may have requests under way. */
class RequestsPerHostTest {
    private static final int PER_HOST = 2;

    @TempDir
    private Path dir;

    private TestGateway gateway;
    private Subscriber one;
    private Subscriber other;

    @BeforeEach
    void subscribe() throws IOException {
        gateway = new TestGateway(dir, TestGateway.settings(AccessRules.NONE, PER_HOST, false, true),
                InstantSource.system());
        one = new Subscriber(gateway, "").begun();
        other = new Subscriber(gateway, "").begun();
    }

    @AfterEach
    void stop() throws IOException {
        one.close();
        other.close();
        gateway.close();
    }

    @Test
    void itsNextRequestIsAnsweredThatItHasTooManyUnderWay() throws IOException {
        for (int i = 0; i < 5; i++) {
            RawHttp.Answer answer = RawHttp.get(gateway.port(), "/api/clients");
            assertThat(answer.status()).isEqualTo(429);
            assertThat(answer.header("Retry-After")).isEqualTo("2");
            assertThat(answer.body()).contains("your address has as many requests under way as one may");
        }
        assertThat(gateway.logged()).containsOnlyOnce(
                "refused 127.0.0.1, which has as many HTTP requests under way as --max-connections-per-host allows, 2;");
    }

    @Test
    void othersAreServedAndSeeHowManyWereRefused() throws IOException {
        RawHttp.get(gateway.port(), "/api/clients");
        try (Socket elsewhere = new Socket(InetAddress.getLoopbackAddress(), gateway.port(),
                InetAddress.getByName("127.0.0.2"), 0)) {
            elsewhere.setSoTimeout(20_000);
            elsewhere.getOutputStream()
                    .write("GET /metrics HTTP/1.0\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            assertThat(new String(elsewhere.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                    .contains("200 OK", "herd_http_refused_total 1.0", "herd_refused_connections_total 5.0");
        }
    }

    @Test
    void whatHasEndedCountsNoMore() throws IOException {
        one.close();
        Await.until("a request from there is served", () -> {
            gateway.hear("kiwi +34-118 " + System.nanoTime() / 1_000_000_000);
            return RawHttp.get(gateway.port(), "/api/clients").status() == 200;
        });
        for (int i = 0; i < 10; i++) {
            assertThat(RawHttp.get(gateway.port(), "/healthz").status()).as("request %d", i).isEqualTo(200);
        }
    }
}
