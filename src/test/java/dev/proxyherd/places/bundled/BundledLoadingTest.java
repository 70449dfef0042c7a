package dev.proxyherd.places.bundled;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.proxyherd.places.PlacesException;
import dev.proxyherd.places.PlacesQuery;
import dev.proxyherd.places.bundled.PlaceTables.Point;
import dev.proxyherd.places.setup.Places;
import dev.proxyherd.server.Await;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Bundled places that are loading still, or cannot be. */
class BundledLoadingTest {
    private static final Duration LONG = Duration.ofSeconds(30);

    private final PlacesQuery query = new PlacesQuery(1, 1, 1_000, 5);

    @Test
    void holdsUpOnlyTheLookups() throws Exception {
        CountDownLatch gate = new CountDownLatch(1);
        Callable<PlaceTable> gated = () -> {
            gate.await();
            return PlaceTables.of(List.of(Point.at(1, 1).named("Here")));
        };
        try (BundledPlaces slow = new BundledPlaces(gated, LONG);
                var lookups = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<byte[]> early = lookups.submit(() -> slow.nearby(query).bytes());
            assertThat(early.isDone()).isFalse();
            gate.countDown();
            assertThat(new String(early.get(), StandardCharsets.UTF_8)).contains("\"Here\"");
        }
    }

    @Test
    void beginsWhenToldAndBlocksNobodyFromThenOn() {
        AtomicInteger loads = new AtomicInteger();
        try (BundledPlaces places = new BundledPlaces(() -> {
            loads.incrementAndGet();
            return PlaceTables.of(List.of(Point.at(1, 1).named("Here")));
        }, LONG)) {
            assertThat(places.mayBlock()).isTrue();
            assertThat(loads).hasValue(0);
            places.prepare();
            Await.until("they are loaded", () -> !places.mayBlock());
            places.prepare();
            assertThat(Places.answer(places, query).results()).isOne();
            assertThat(loads).hasValue(1);
        }
    }

    @Test
    void thatNeverEndsIsWaitedForNoLongerThanTold() {
        CountDownLatch never = new CountDownLatch(1);
        try (BundledPlaces stuck = new BundledPlaces(() -> {
            never.await();
            return null;
        }, Duration.ZERO)) {
            assertFailed(stuck, "still being loaded");
        }
        never.countDown();
    }

    @Test
    void thatFailsIsToldByEachLookup() {
        try (BundledPlaces broken = new BundledPlaces(() -> {
            throw new IOException("places.gz is missing");
        }, LONG)) {
            assertFailed(broken, "places.gz is missing");
            assertFailed(broken, "places.gz is missing");
        }
    }

    @Test
    void doesNotOutliveClosing() {
        BundledPlaces closed = new BundledPlaces(() -> PlaceTables.of(List.of()), LONG);
        closed.close();
        closed.close();
        assertFailed(closed, "closed");
    }

    @Test
    void keepsTheInterruptOfWhoWaits() {
        CountDownLatch never = new CountDownLatch(1);
        try (BundledPlaces stuck = new BundledPlaces(() -> {
            never.await();
            return null;
        }, LONG)) {
            Thread.currentThread().interrupt();
            assertFailed(stuck, "interrupted");
            assertThat(Thread.interrupted()).isTrue();
        }
        never.countDown();
    }

    private void assertFailed(BundledPlaces provider, String message) {
        PlacesException e = catchThrowableOfType(PlacesException.class, () -> provider.nearby(query));
        assertThat(e).hasMessageContaining(message);
        assertThat(e.status()).isEqualTo(PlacesException.Status.UNKNOWN_ERROR);
    }
}
