package dev.proxyherd.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.proxyherd.server.StubPlaces;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A subscriber in whose box nothing happens, while the herd is busy elsewhere. */
@Timeout(60)
class QuietBoxTest {
    private final AtomicLong nanos = new AtomicLong();

    /** Nobody would notice otherwise that it has gone. */
    @Test
    void isSentACommentNowAndThen(@TempDir Path dir) throws IOException {
        try (TestGateway gateway = new TestGateway(dir, GatewaySettings.loopback(0), InstantSource.system(),
                StubPlaces.giving(TestGateway.PLACES), nanos::get);
                Subscriber subscriber = new Subscriber(gateway, "?bbox=0,0,1,1").begun()) {
            // Far less than it takes where nothing happens anywhere.
            subscriber.socket.setSoTimeout(7_000);
            gateway.hear("far +50+50 3");
            nanos.addAndGet(16_000_000_000L);
            gateway.hear("far +50+51 4");

            assertThat(subscriber.in.readLine()).as("the end of what it was told first").isEmpty();
            assertThat(subscriber.in.readLine()).isEqualTo(":");
        }
    }
}
