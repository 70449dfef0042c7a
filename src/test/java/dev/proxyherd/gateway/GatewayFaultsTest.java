package dev.proxyherd.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.proxyherd.gateway.http.Route;
import dev.proxyherd.server.Await;
import dev.proxyherd.server.StubPlaces;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The gateway's own threads meet faults, and go on. */
@Timeout(60)
class GatewayFaultsTest {
    @TempDir
    private Path dir;

    private static boolean isCounted(TestGateway gateway, String thread) throws IOException {
        return RawHttp.get(gateway.port(), "/metrics").body()
                .contains("herd_thread_faults_total{thread=\"" + thread + "\"} ");
    }

    private static boolean hasEnded(Socket socket) throws IOException {
        try {
            return socket.getInputStream().read() < 0;
        } catch (SocketTimeoutException stillOpen) {
            return false;
        } catch (SocketException reset) {
            return true;
        }
    }

    @Test
    void theFeedTellsSubscribersOfWhatComesAfterOne() throws IOException {
        try (TestGateway gateway = new TestGateway(dir); Subscriber subscriber = new Subscriber(gateway, "").begun()) {
            gateway.feedsFault.set(new IllegalStateException("a bug"));
            gateway.hear("first +1+1 3");
            Await.until("the feed has met it", () -> isCounted(gateway, "feed"));

            gateway.hear("second +1+1 3");

            while (!subscriber.next().clients().contains("second")) {
                // What came before it.
            }
            assertThat(ApiAnswers.ids(ApiAnswers.get(gateway, "/api/clients"))).isEqualTo(List.of("first", "second"));
            assertThat(gateway.logged())
                    .contains("its thread feed has survived: java.lang.IllegalStateException: a bug");
        }
    }

    @Test
    void theWatchdogStillEndsWhatTakesTooLong() throws IOException {
        AtomicLong now = new AtomicLong();
        AtomicBoolean broken = new AtomicBoolean(true);
        try (TestGateway gateway = new TestGateway(dir, GatewaySettings.loopback(0), InstantSource.system(),
                StubPlaces.giving(TestGateway.PLACES), () -> {
                    if (Thread.currentThread().getName().equals("http-watchdog") && broken.getAndSet(false)) {
                        throw new IllegalStateException("a bug");
                    }
                    return now.get();
                })) {
            try (Socket slow = RawHttp.connect(gateway.port())) {
                slow.getOutputStream().write(("POST /owntracks HTTP/1.1\r\nHost: localhost\r\n"
                        + "Content-Length: 100\r\n\r\n{").getBytes(StandardCharsets.US_ASCII));
                Await.until("the watchdog has met it", () -> isCounted(gateway, "http-watchdog"));
                slow.setSoTimeout(10);

                Await.until("the request is ended", () -> {
                    now.addAndGet(Route.Cost.PLAIN.limit().toNanos());
                    return hasEnded(slow);
                });
            }
        }
    }
}
