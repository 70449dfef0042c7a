package dev.proxyherd.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.proxyherd.places.PlacesException;
import dev.proxyherd.places.upstream.PlacesLimits;
import dev.proxyherd.server.Await;
import dev.proxyherd.server.StubPlaces;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code /api/clients/ID/places} with a provider that takes its time, by a clock that the test moves. */
@Timeout(60)
class SlowPlacesTest {
    private final AtomicLong nanos = new AtomicLong();
    private final AtomicInteger looks = new AtomicInteger();
    private final CountDownLatch asked = new CountDownLatch(1);
    private final CountDownLatch answered = new CountDownLatch(1);
    private final CountDownLatch ended = new CountDownLatch(1);

    @AutoClose
    private TestGateway gateway;

    @BeforeEach
    void open(@TempDir Path dir) throws IOException {
        gateway = new TestGateway(dir, GatewaySettings.loopback(0), InstantSource.system(),
                new StubPlaces(query -> lookUp()), this::nanos);
        gateway.hear("kiwi +34-118 3");
    }

    private long nanos() {
        looks.incrementAndGet();
        return nanos.get();
    }

    private byte[] lookUp() throws PlacesException {
        asked.countDown();
        try {
            answered.await();
            return TestGateway.PLACES.getBytes(StandardCharsets.UTF_8);
        } catch (InterruptedException e) {
            ended.countDown();
            Thread.currentThread().interrupt();
            throw new PlacesException(PlacesException.Status.UNKNOWN_ERROR, "The lookup was interrupted");
        }
    }

    private FutureTask<RawHttp.Answer> ask() throws InterruptedException {
        FutureTask<RawHttp.Answer> answer =
                new FutureTask<>(() -> RawHttp.get(gateway.port(), "/api/clients/kiwi/places"));
        Thread.ofVirtual().start(answer);
        asked.await();
        return answer;
    }

    @Test
    void areAnsweredAfterTheLongestDeadlineThatAProviderMayHave() throws Exception {
        FutureTask<RawHttp.Answer> answer = ask();

        nanos.addAndGet(PlacesLimits.MAX_DEADLINE.plusSeconds(1).toNanos());
        int before = looks.get();
        Await.until("the watchdog has looked", () -> looks.get() >= before + 2 || ended.getCount() == 0);
        answered.countDown();

        assertThat(answer.get().status()).isEqualTo(200);
        assertThat(answer.get().body()).contains("\"name\" : \"One\"");
    }

    @Test
    void areEndedWhenTheProviderNeverEnds() throws Exception {
        var unusedAnswer = ask();

        nanos.addAndGet(Duration.ofMinutes(5).toNanos());

        ended.await();
    }
}
