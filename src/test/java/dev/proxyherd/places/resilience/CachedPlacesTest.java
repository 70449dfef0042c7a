package dev.proxyherd.places.resilience;

import static dev.proxyherd.places.Upstreams.QUERY;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.proxyherd.places.FakeUpstream;
import dev.proxyherd.places.PlacesException;
import dev.proxyherd.places.PlacesProvider;
import dev.proxyherd.places.PlacesQuery;
import dev.proxyherd.places.Upstreams;
import dev.proxyherd.places.setup.Places;
import dev.proxyherd.places.setup.PlacesSettings;
import dev.proxyherd.places.upstream.PlacesSource.Kind;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Answers that are kept for a while. */
class CachedPlacesTest {
    private final Upstreams.World world = new Upstreams.World();

    @AutoClose
    private FakeUpstream upstream;

    @BeforeEach
    void start() throws IOException {
        upstream = new FakeUpstream(FakeUpstream.ok(Upstreams.LEGACY_OK));
    }

    private PlacesSettings cached(Kind kind, int entries) {
        return Upstreams.settings(kind, upstream).with(new PlacesSettings.Cache(Duration.ofSeconds(30), entries));
    }

    private void good() {
        upstream.always(FakeUpstream.ok(Upstreams.OVERPASS_OK));
    }

    @Test
    void anAnswerServesUntilItsTimeIsOver() {
        good();
        PlacesQuery near = new PlacesQuery(34, -118, 100, 20);
        try (PlacesProvider provider = world.open(cached(Kind.OVERPASS, 10))) {
            assertThat(Places.answer(provider, near).results()).isEqualTo(2);
            world.pass(Duration.ofSeconds(29));
            assertThat(Places.answer(provider, new PlacesQuery(34, -118, 100, 1)).results()).isEqualTo(1);
            assertThat(upstream.requests()).hasSize(1);
            world.pass(Duration.ofSeconds(1));
            Places.answer(provider, near);
            assertThat(upstream.requests()).hasSize(2);
        }
    }

    @Test
    void theLeastRecentlyUsedGoesFirst() {
        good();
        try (PlacesProvider provider = world.open(cached(Kind.OVERPASS, 2))) {
            for (int place : new int[] {1, 2, 1, 3, 1, 2}) {
                Places.answer(provider, new PlacesQuery(place, place, 100, 20));
            }
            assertThat(upstream.requests()).hasSize(4);
        }
    }

    @Test
    void itGoesWhenAllAreTooLargeToo() throws PlacesException {
        byte[] body = ("{\"results\":[\"" + "x".repeat(5 << 20) + "\"]}").getBytes(UTF_8);
        AtomicInteger asked = new AtomicInteger();
        PlacesProvider large = new Upstreams.Embedded() {
            @Override
            public byte[] nearby(PlacesQuery query) {
                asked.incrementAndGet();
                return body;
            }
        };
        PlacesSettings.Cache settings = new PlacesSettings.Cache(Duration.ofSeconds(30), 10);
        try (PlacesProvider provider = new CachedPlaces(large, settings, world.nanos::get)) {
            for (int place : new int[] {1, 2, 3, 4, 4, 1}) {
                provider.nearby(new PlacesQuery(place, place, 100, 20));
            }
        }
        assertThat(asked).hasValue(5);
    }

    @Test
    void failuresAreNotKept() {
        upstream.always(FakeUpstream.ok(Upstreams.MALFORMED));
        try (PlacesProvider provider = world.open(cached(Kind.OVERPASS, 2))) {
            Places.answer(provider, QUERY);
            upstream.always(FakeUpstream.ok(Upstreams.OVERPASS_OK));
            assertThat(Places.answer(provider, QUERY).results()).isEqualTo(2);
        }
    }

    @Test
    void whatAFailureCutShortIsNotKept() {
        upstream.first(FakeUpstream.ok(Upstreams.OVERPASS_OK), FakeUpstream.status(429, "", ""));
        good();
        try (PlacesProvider provider = world.open(cached(Kind.OVERPASS, 2))) {
            assertThat(Upstreams.text(Places.answer(provider, QUERY))).contains("Only what lies within 200 m");
            assertThat(Upstreams.text(Places.answer(provider, QUERY))).doesNotContain("info_messages");
            int asked = upstream.requests().size();
            Places.answer(provider, QUERY);
            assertThat(upstream.requests()).hasSize(asked);
        }
    }

    @Test
    void isRefusedForGoogleWithAWarning() {
        try (PlacesProvider provider = world.open(cached(Kind.GOOGLE_LEGACY, 10))) {
            Places.answer(provider, QUERY);
            Places.answer(provider, QUERY);
        }
        assertThat(upstream.requests()).hasSize(2);
        assertThat(world.warnings).singleElement().asString().contains("terms forbid");
    }
}
