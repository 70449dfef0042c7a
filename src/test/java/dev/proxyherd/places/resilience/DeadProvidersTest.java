package dev.proxyherd.places.resilience;

import static dev.proxyherd.places.Upstreams.QUERY;
import static org.assertj.core.api.Assertions.assertThat;

import dev.proxyherd.places.FakeUpstream;
import dev.proxyherd.places.HeldAnswers;
import dev.proxyherd.places.PlacesException;
import dev.proxyherd.places.PlacesException.Status;
import dev.proxyherd.places.PlacesProvider;
import dev.proxyherd.places.PlacesQuery;
import dev.proxyherd.places.ProviderDocument;
import dev.proxyherd.places.Upstreams;
import dev.proxyherd.places.document.DocumentScanner;
import dev.proxyherd.places.document.PlacesDocument;
import dev.proxyherd.places.setup.Places;
import dev.proxyherd.places.setup.PlacesSettings;
import dev.proxyherd.places.upstream.PlacesSource.Kind;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Providers that fail again and again. */
class DeadProvidersTest {
    private final Upstreams.World world = new Upstreams.World();

    @AutoClose
    private FakeUpstream upstream;

    @BeforeEach
    void start() throws IOException {
        upstream = new FakeUpstream(FakeUpstream.ok(Upstreams.LEGACY_OK));
    }

    private PlacesProvider withBreaker() {
        return world.open(Upstreams.settings(Kind.GOOGLE_LEGACY, upstream)
                .with(new BreakerSettings(3, Duration.ofSeconds(5))));
    }

    private void fail(PlacesProvider provider, int times) {
        for (int i = 0; i < times; i++) {
            assertThat(Places.answer(provider, QUERY).status()).isEqualTo("UNKNOWN_ERROR");
        }
    }

    @Test
    void areLeftInPeaceForAWhileAndTheAnswerSaysSo() {
        upstream.always(FakeUpstream.ok(Upstreams.MALFORMED));
        try (PlacesProvider provider = withBreaker()) {
            fail(provider, 3);
            world.pass(Duration.ofSeconds(2));
            PlacesDocument refused = Places.answer(provider, QUERY);
            assertThat(Upstreams.text(refused)).contains("failed 3 times in a row and is not asked for 3 s",
                    "malformed");
            assertThat(refused.status()).isEqualTo("UNKNOWN_ERROR");
            assertThat(upstream.requests()).hasSize(3);
        }
    }

    @Test
    void areThoseThatFailedTenTimesInARowAndThatForThreeSecondsByDefault() {
        upstream.always(FakeUpstream.ok(Upstreams.MALFORMED));
        PlacesSettings settings = Upstreams.settings(Kind.GOOGLE_LEGACY, upstream);
        try (PlacesProvider provider = world.open(settings.with(PlacesSettings.of(settings.source()).breaker()))) {
            fail(provider, 10);
            assertThat(Upstreams.text(Places.answer(provider, QUERY)))
                    .contains("failed 10 times in a row and is not asked for 3 s");
            assertThat(upstream.requests()).hasSize(10);
        }
    }

    @Test
    void areTriedOnceAfterThatAndAgainLeftInPeace() {
        upstream.always(FakeUpstream.ok(Upstreams.MALFORMED));
        try (PlacesProvider provider = withBreaker()) {
            fail(provider, 3);
            world.pass(Duration.ofSeconds(5));
            fail(provider, 5);
            assertThat(upstream.requests()).hasSize(4);
        }
    }

    @Test
    void areAskedAsEverOnceTheyAreBack() {
        upstream.always(FakeUpstream.ok(Upstreams.MALFORMED));
        try (PlacesProvider provider = withBreaker()) {
            fail(provider, 3);
            world.pass(Duration.ofSeconds(5));
            upstream.always(FakeUpstream.ok(Upstreams.LEGACY_OK));
            assertThat(Places.answer(provider, QUERY).results()).isEqualTo(2);
            upstream.always(FakeUpstream.ok(Upstreams.MALFORMED));
            fail(provider, 2);
            upstream.always(FakeUpstream.ok(Upstreams.LEGACY_OK));
            assertThat(Places.answer(provider, QUERY).results()).isEqualTo(2);
        }
    }

    @Test
    void onlyOneLookupTries() throws Exception {
        upstream.always(FakeUpstream.ok(Upstreams.MALFORMED));
        try (PlacesProvider provider = withBreaker()) {
            fail(provider, 3);
            world.pass(Duration.ofSeconds(5));
            assertThat(upstream.sawRequests(3)).isTrue();
            HeldAnswers held = new HeldAnswers(FakeUpstream.ok(Upstreams.LEGACY_OK));
            upstream.always(held);
            List<FutureTask<PlacesDocument>> trial = Upstreams.askAtOnce(provider, List.of(QUERY));
            assertThat(upstream.sawRequests(1)).isTrue();
            assertThat(Places.answer(provider, new PlacesQuery(1, 1, 1, 1)).status()).isEqualTo("UNKNOWN_ERROR");
            held.letGo(1);
            assertThat(trial.getFirst().get().results()).isEqualTo(2);
        }
    }

    @Test
    void areNotTakenForAliveBecauseOthersWaitedInVain() {
        Queue<Status> script =
                new ArrayDeque<>(List.of(Status.UNKNOWN_ERROR, Status.OVER_QUERY_LIMIT, Status.UNKNOWN_ERROR,
                        Status.OVER_QUERY_LIMIT));
        PlacesProvider scripted = new Upstreams.Embedded() {
            @Override
            public ProviderDocument nearby(PlacesQuery query) throws PlacesException {
                return DocumentScanner.scan(PlacesDocument.failure(script.remove(), "as told").bytes());
            }
        };
        BreakerSettings settings = new BreakerSettings(2, Duration.ofSeconds(5));
        try (PlacesProvider provider = new BreakerPlaces(scripted, settings, world.nanos::get)) {
            for (int i = 0; i < 3; i++) {
                Places.answer(provider, QUERY);
            }
            assertThat(Upstreams.text(Places.answer(provider, QUERY))).contains("failed 2 times in a row");
            world.pass(Duration.ofSeconds(5));
            assertThat(Places.answer(provider, QUERY).status()).isEqualTo("OVER_QUERY_LIMIT");
            assertThat(Upstreams.text(Places.answer(provider, QUERY))).contains("is not asked for 5 s");
        }
    }

    @Test
    void areSaidToBeAskedTooMuchWhenThatIsWhatTheTrialWasTold() {
        upstream.always(FakeUpstream.ok(Upstreams.MALFORMED));
        try (PlacesProvider provider = withBreaker()) {
            fail(provider, 3);
            world.pass(Duration.ofSeconds(5));
            upstream.always(FakeUpstream.status(429, "", ""));
            assertThat(Places.answer(provider, QUERY).status()).as("of the trial").isEqualTo("OVER_QUERY_LIMIT");
            PlacesDocument refused = Places.answer(provider, QUERY);
            assertThat(refused.status()).as("of those who are not let through").isEqualTo("OVER_QUERY_LIMIT");
            assertThat(Upstreams.text(refused)).contains("is not asked for 5 s", "429").doesNotContain("malformed");
            assertThat(upstream.requests()).hasSize(4);
            world.pass(Duration.ofSeconds(5));
            upstream.always(FakeUpstream.ok(Upstreams.MALFORMED));
            fail(provider, 3);
        }
    }

    @Test
    void aRefusalIsNoSignOfDeath() {
        upstream.always(FakeUpstream.status(403, "", ""));
        try (PlacesProvider provider = withBreaker()) {
            for (int i = 0; i < 9; i++) {
                assertThat(Places.answer(provider, QUERY).status()).isEqualTo("REQUEST_DENIED");
            }
        }
        assertThat(upstream.requests()).hasSize(9);
    }
}
