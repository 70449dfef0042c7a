package dev.proxyherd.places.resilience;

import static dev.proxyherd.places.Upstreams.QUERY;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.proxyherd.places.FakeUpstream;
import dev.proxyherd.places.PlacesException;
import dev.proxyherd.places.PlacesProvider;
import dev.proxyherd.places.PlacesQuery;
import dev.proxyherd.places.ProviderDocument;
import dev.proxyherd.places.Upstreams;
import dev.proxyherd.places.document.DocumentScanner;
import dev.proxyherd.places.setup.Places;
import dev.proxyherd.places.setup.PlacesSettings;
import dev.proxyherd.places.upstream.PlacesSource.Kind;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
        return Upstreams.settings(kind, upstream).with(new CacheSettings(Duration.ofSeconds(30), entries));
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

    @Nested
    class WhenThereAreMoreThanItMayKeep {
        private static final int MEBIBYTE = 1 << 20;

        @ParameterizedTest
        @CsvSource({"1, 1", "2, 2", "7, 7", "1000, 100"})
        void itKeepsSoManyAnswers(int entries, int kept) throws PlacesException {
            assertThat(keptOf(100, 100, entries)).isEqualTo(kept);
        }

        @ParameterizedTest
        @CsvSource({"15, 1", "17, 0", "5, 3", "3, 5"})
        void itKeepsSixteenMebibytes(int mebibytes, int kept) throws PlacesException {
            assertThat(keptOf(10, mebibytes * MEBIBYTE, 10)).isEqualTo(kept);
        }

        @Test
        void itKeepsWhatIsAskedForAgainAndAgain() throws PlacesException {
            Sized sized = new Sized(100);
            try (PlacesProvider provider = cached(sized, 10)) {
                for (int i = 0; i < 1_000; i++) {
                    provider.nearby(place(0));
                    provider.nearby(place(1 + i % 80));
                }
            }
            assertThat(sized.asked.get(0)).isEqualTo(1);
        }

        /** How many of so many answers of one size are kept when each was asked for once. */
        private int keptOf(int answers, int bytes, int entries) throws PlacesException {
            Sized sized = new Sized(bytes);
            int kept = 0;
            try (PlacesProvider provider = cached(sized, entries)) {
                for (int i = 0; i < answers; i++) {
                    provider.nearby(place(i));
                }
                sized.dead = true;
                for (int i = 0; i < answers; i++) {
                    kept += Places.answer(provider, place(i)).status().equals("OK") ? 1 : 0;
                }
            }
            return kept;
        }

        private PlacesProvider cached(PlacesProvider provider, int entries) {
            return new CachedPlaces(provider, new CacheSettings(Duration.ofSeconds(30), entries), world.nanos::get);
        }

        private PlacesQuery place(int number) {
            return new PlacesQuery(number % 90, number, 100, 20);
        }

        /** Answers of one size, until it is dead. */
        private static final class Sized extends Upstreams.Embedded {
            private final ProviderDocument document;
            private final Map<Integer, Integer> asked = new HashMap<>();
            private boolean dead;

            Sized(int bytes) throws PlacesException {
                String head = "{\"results\":[\"";
                String tail = "\"],\"status\":\"OK\"}";
                document = DocumentScanner.scan(
                        (head + "x".repeat(bytes - head.length() - tail.length()) + tail).getBytes(UTF_8));
            }

            @Override
            public ProviderDocument nearby(PlacesQuery query) throws PlacesException {
                if (dead) {
                    throw new PlacesException(PlacesException.Status.UNKNOWN_ERROR, "dead");
                }
                asked.merge((int) query.longitude(), 1, Integer::sum);
                return document;
            }
        }
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
