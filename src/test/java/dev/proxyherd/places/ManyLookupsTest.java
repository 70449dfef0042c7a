package dev.proxyherd.places;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.proxyherd.places.PlacesException.Status;
import dev.proxyherd.places.PlacesSource.Kind;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Many lookups at once, at a provider that bears only so many. */
class ManyLookupsTest {
    private final Upstreams.World world = new Upstreams.World();

    @AutoClose
    private FakeUpstream upstream;

    @BeforeEach
    void start() throws IOException {
        upstream = new FakeUpstream(FakeUpstream.ok(Upstreams.LEGACY_OK));
    }

    @Test
    void areHeldToTheNumberInFlightAndEndAsSoonAsThatAllows() throws Exception {
        upstream.always(FakeUpstream.after(50, FakeUpstream.ok(Upstreams.LEGACY_OK)));
        try (PlacesProvider provider = Upstreams.open(Upstreams.settings(Kind.GOOGLE_LEGACY, upstream))) {
            ask(provider, 500);
            double millis = ask(provider, 1_000);
            double least = 50.0 * 1_000 / 64;
            assertThat(millis).as("1,000 lookups, 64 in flight, 50 ms each").isBetween(least * 0.9, least * 8);
        }
        assertThat(upstream.mostInFlight()).isBetween(32, 64);
        assertThat(upstream.requests()).hasSize(1_500);
    }

    private double ask(PlacesProvider provider, int count) throws Exception {
        List<PlacesQuery> queries = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            queries.add(new PlacesQuery(i / 100.0, i / 10.0, 100, 20));
        }
        long before = System.nanoTime();
        for (FutureTask<PlacesDocument> task : Upstreams.askAtOnce(provider, queries)) {
            assertThat(task.get().results()).isEqualTo(2);
        }
        return (System.nanoTime() - before) / 1e6;
    }

    @Test
    void whoWaitsForAPlaceBeyondTheDeadlineIsToldSo() throws PlacesException {
        PlacesLimits limits = Upstreams.settings(Kind.GOOGLE_LEGACY, upstream).limits().withDeadline(Duration.ofMillis(50)).withMaxInFlight(1);
        PlacesEnvironment environment = PlacesEnvironment.system(world.warnings::add);
        try (UpstreamGate gate = new UpstreamGate("It", limits, environment)) {
            gate.enter(environment.deadline(limits));
            assertThatThrownBy(() -> gate.enter(environment.deadline(limits)))
                    .hasMessage("It was not asked in time: 1 requests are under way already")
                    .extracting(e -> ((PlacesException) e).status()).isEqualTo(Status.OVER_QUERY_LIMIT);
            gate.leave();
            gate.enter(environment.deadline(limits));
        }
    }

    @Test
    void areSpacedEvenlyWhereTheProviderAsksForThat() {
        RateLimit rate = new RateLimit(4, world.nanos::get);
        Deadline deadline = new Deadline(world.nanos::get, world.nanos.get() + 700_000_000);
        assertThat(rate.reserve(deadline)).isZero();
        assertThat(rate.reserve(deadline)).isEqualTo(250_000_000);
        assertThat(rate.reserve(deadline)).isEqualTo(500_000_000);
        assertThat(rate.reserve(deadline)).isEqualTo(RateLimit.TOO_LATE);
        world.pass(Duration.ofMillis(600));
        assertThat(rate.reserve(new Deadline(world.nanos::get, Long.MAX_VALUE / 2))).isEqualTo(150_000_000);
        world.pass(Duration.ofHours(1));
        assertThat(rate.reserve(new Deadline(world.nanos::get, Long.MAX_VALUE / 2))).as("nothing is saved up").isZero();
        assertThat(rate.reserve(new Deadline(world.nanos::get, Long.MAX_VALUE / 2))).isEqualTo(250_000_000);
    }
}
