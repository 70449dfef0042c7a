package dev.proxyherd.places.upstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.proxyherd.places.FakeUpstream;
import dev.proxyherd.places.HeldAnswers;
import dev.proxyherd.places.PlacesException;
import dev.proxyherd.places.PlacesException.Status;
import dev.proxyherd.places.PlacesProvider;
import dev.proxyherd.places.PlacesQuery;
import dev.proxyherd.places.Upstreams;
import dev.proxyherd.places.document.PlacesDocument;
import dev.proxyherd.places.setup.PlacesSettings;
import dev.proxyherd.places.upstream.PlacesSource.Kind;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

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
        HeldAnswers held = new HeldAnswers(FakeUpstream.ok(Upstreams.LEGACY_OK));
        upstream.always(held);
        List<PlacesQuery> queries = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            queries.add(new PlacesQuery(i / 100.0, i / 10.0, 100, 20));
        }
        PlacesSettings settings = Upstreams.settings(Kind.GOOGLE_LEGACY, upstream, "/places", Duration.ofSeconds(60));
        try (PlacesProvider provider = Upstreams.open(settings)) {
            List<FutureTask<PlacesDocument>> tasks = Upstreams.askAtOnce(provider, queries);
            assertThat(upstream.sawRequests(64)).isTrue();
            for (int waiting = 300 - 64; waiting > 0; waiting--) {
                held.letGo(1);
                assertThat(upstream.sawRequests(1)).as("where one ends, another begins; %d wait", waiting).isTrue();
            }
            held.letGo(64);
            for (FutureTask<PlacesDocument> task : tasks) {
                assertThat(task.get().results()).isEqualTo(2);
            }
        }
        assertThat(held.mostHeld()).isEqualTo(64);
        assertThat(upstream.requests()).hasSize(300);
    }

    @Test
    @Timeout(30)
    void whoWaitsForAPlaceBeyondTheDeadlineIsToldSo() throws PlacesException {
        PlacesLimits limits = Upstreams.settings(Kind.GOOGLE_LEGACY, upstream).limits()
                .withDeadline(Duration.ofMillis(50)).withMaxInFlight(1);
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
