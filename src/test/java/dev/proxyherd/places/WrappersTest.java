package dev.proxyherd.places;

import static dev.proxyherd.places.Upstreams.QUERY;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.proxyherd.places.PlacesException.Status;
import dev.proxyherd.places.PlacesSource.Kind;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What stands between a client and a remote provider, seen from both ends of the whole. */
class WrappersTest {
    private static final String DEAD = "no JSON";

    private final Upstreams.World world = new Upstreams.World();
    private FakeUpstream upstream;

    @BeforeEach
    void start() throws IOException {
        upstream = new FakeUpstream(FakeUpstream.ok(Upstreams.LEGACY_OK));
    }

    @AfterEach
    void stop() throws IOException {
        upstream.close();
    }

    private PlacesSettings settings(Kind kind) {
        return Upstreams.settings(kind, upstream);
    }

    private PlacesProvider open(PlacesSettings settings) {
        return Places.open(settings, Upstreams.Embedded::new, world.environment());
    }

    private static List<FutureTask<PlacesDocument>> askAtOnce(PlacesProvider provider, List<PlacesQuery> queries) {
        List<FutureTask<PlacesDocument>> tasks = new ArrayList<>();
        for (PlacesQuery query : queries) {
            tasks.add(new FutureTask<>(() -> Places.answer(provider, query)));
            Thread.ofVirtual().start(tasks.getLast());
        }
        return tasks;
    }

    @Nested
    class ManyAtOnce {
        @Test
        void areHeldToTheNumberInFlightAndEndAsSoonAsThatAllows() throws Exception {
            upstream.always(FakeUpstream.after(50, FakeUpstream.ok(Upstreams.LEGACY_OK)));
            try (PlacesProvider provider = Upstreams.open(settings(Kind.GOOGLE_LEGACY))) {
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
            for (FutureTask<PlacesDocument> task : askAtOnce(provider, queries)) {
                assertThat(task.get().results()).isEqualTo(2);
            }
            return (System.nanoTime() - before) / 1e6;
        }

        @Test
        void whoWaitsForAPlaceBeyondTheDeadlineIsToldSo() throws PlacesException {
            PlacesLimits limits = settings(Kind.GOOGLE_LEGACY).limits().withDeadline(Duration.ofMillis(50)).withMaxInFlight(1);
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

    @Nested
    class IdenticalLookups {
        @Test
        void inFlightAtTheSameTimeAreOneRequestWhateverTheirBound() throws Exception {
            upstream.always(FakeUpstream.after(600, FakeUpstream.ok(Upstreams.LEGACY_OK)));
            try (PlacesProvider provider = Upstreams.open(settings(Kind.GOOGLE_LEGACY))) {
                List<PlacesQuery> queries = new ArrayList<>();
                for (int i = 0; i < 100; i++) {
                    queries.add(new PlacesQuery(5, 6, 700, i % 21));
                }
                List<FutureTask<PlacesDocument>> tasks = askAtOnce(provider, queries);
                for (int i = 0; i < 100; i++) {
                    assertThat(tasks.get(i).get().results()).isEqualTo(Math.min(2, i % 21));
                }
                assertThat(upstream.requests()).hasSize(1);
                Places.answer(provider, queries.getFirst());
                assertThat(upstream.requests()).as("nothing is kept").hasSize(2);
            }
        }

        @Test
        void shareAFailureToo() throws Exception {
            upstream.always(FakeUpstream.after(600, FakeUpstream.status(403, "", "")));
            try (PlacesProvider provider = Upstreams.open(settings(Kind.GOOGLE))) {
                for (FutureTask<PlacesDocument> task : askAtOnce(provider, List.of(QUERY, QUERY, QUERY, QUERY))) {
                    assertThat(task.get().status()).isEqualTo("REQUEST_DENIED");
                }
            }
            assertThat(upstream.requests()).hasSize(1);
        }

        @Test
        void doNotShareTheInterruptionOfTheOneThatAsked() throws Exception {
            upstream.first(FakeUpstream.hang(""));
            upstream.always(FakeUpstream.ok(Upstreams.LEGACY_OK));
            try (PlacesProvider provider = Upstreams.open(settings(Kind.GOOGLE_LEGACY))) {
                FutureTask<PlacesDocument> first = new FutureTask<>(() -> Places.answer(provider, QUERY));
                Thread asking = Thread.ofVirtual().start(first);
                assertThat(upstream.sawRequests(1)).isTrue();
                List<FutureTask<PlacesDocument>> others = askAtOnce(provider, List.of(QUERY, QUERY));
                asking.interrupt();
                for (FutureTask<PlacesDocument> other : others) {
                    assertThat(other.get().results()).isEqualTo(2);
                }
            }
        }
    }

    @Nested
    class Keeping {
        private PlacesSettings cached(Kind kind, int entries) {
            return settings(kind).with(new PlacesSettings.Cache(Duration.ofSeconds(30), entries));
        }

        private void good() {
            upstream.always(FakeUpstream.ok(Upstreams.OVERPASS_OK));
        }

        @Test
        void anAnswerServesUntilItsTimeIsOver() {
            good();
            PlacesQuery near = new PlacesQuery(34, -118, 100, 20);
            try (PlacesProvider provider = open(cached(Kind.OVERPASS, 10))) {
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
            try (PlacesProvider provider = open(cached(Kind.OVERPASS, 2))) {
                for (int place : new int[] {1, 2, 1, 3, 1, 2}) {
                    Places.answer(provider, new PlacesQuery(place, place, 100, 20));
                }
                assertThat(upstream.requests()).hasSize(4);
            }
        }

        @Test
        void failuresAreNotKept() {
            upstream.always(FakeUpstream.ok(DEAD));
            try (PlacesProvider provider = open(cached(Kind.OVERPASS, 2))) {
                Places.answer(provider, QUERY);
                upstream.always(FakeUpstream.ok(Upstreams.OVERPASS_OK));
                assertThat(Places.answer(provider, QUERY).results()).isEqualTo(2);
            }
        }

        @Test
        void isRefusedForGoogleWithAWarning() {
            try (PlacesProvider provider = open(cached(Kind.GOOGLE_LEGACY, 10))) {
                Places.answer(provider, QUERY);
                Places.answer(provider, QUERY);
            }
            assertThat(upstream.requests()).hasSize(2);
            assertThat(world.warnings).singleElement().asString().contains("terms forbid");
        }
    }

    @Nested
    class DeadProviders {
        private PlacesProvider withBreaker() {
            return open(settings(Kind.GOOGLE_LEGACY).with(new PlacesSettings.Breaker(3, Duration.ofSeconds(5))));
        }

        private void fail(PlacesProvider provider, int times) {
            for (int i = 0; i < times; i++) {
                assertThat(Places.answer(provider, QUERY).status()).isEqualTo("UNKNOWN_ERROR");
            }
        }

        @Test
        void areLeftInPeaceForAWhileAndTheAnswerSaysSo() {
            upstream.always(FakeUpstream.ok(DEAD));
            try (PlacesProvider provider = withBreaker()) {
                fail(provider, 3);
                world.pass(Duration.ofSeconds(2));
                PlacesDocument refused = Places.answer(provider, QUERY);
                assertThat(Upstreams.text(refused)).contains("failed 3 times in a row and is not asked for 3 s", "malformed");
                assertThat(refused.status()).isEqualTo("UNKNOWN_ERROR");
                assertThat(upstream.requests()).hasSize(3);
            }
        }

        @Test
        void areTriedOnceAfterThatAndAgainLeftInPeace() {
            upstream.always(FakeUpstream.ok(DEAD));
            try (PlacesProvider provider = withBreaker()) {
                fail(provider, 3);
                world.pass(Duration.ofSeconds(5));
                fail(provider, 5);
                assertThat(upstream.requests()).hasSize(4);
            }
        }

        @Test
        void areAskedAsEverOnceTheyAreBack() {
            upstream.always(FakeUpstream.ok(DEAD));
            try (PlacesProvider provider = withBreaker()) {
                fail(provider, 3);
                world.pass(Duration.ofSeconds(5));
                upstream.always(FakeUpstream.ok(Upstreams.LEGACY_OK));
                assertThat(Places.answer(provider, QUERY).results()).isEqualTo(2);
                upstream.always(FakeUpstream.ok(DEAD));
                fail(provider, 2);
                upstream.always(FakeUpstream.ok(Upstreams.LEGACY_OK));
                assertThat(Places.answer(provider, QUERY).results()).isEqualTo(2);
            }
        }

        @Test
        void onlyOneLookupTries() throws Exception {
            upstream.always(FakeUpstream.ok(DEAD));
            try (PlacesProvider provider = withBreaker()) {
                fail(provider, 3);
                world.pass(Duration.ofSeconds(5));
                assertThat(upstream.sawRequests(3)).isTrue();
                upstream.always(FakeUpstream.after(200, FakeUpstream.ok(Upstreams.LEGACY_OK)));
                List<FutureTask<PlacesDocument>> trial = askAtOnce(provider, List.of(QUERY));
                assertThat(upstream.sawRequests(1)).isTrue();
                assertThat(Places.answer(provider, new PlacesQuery(1, 1, 1, 1)).status()).isEqualTo("UNKNOWN_ERROR");
                assertThat(trial.getFirst().get().results()).isEqualTo(2);
            }
        }

        @Test
        void areNotTakenForAliveBecauseOthersWaitedInVain() {
            Queue<Status> script = new ArrayDeque<>(List.of(Status.UNKNOWN_ERROR, Status.OVER_QUERY_LIMIT, Status.UNKNOWN_ERROR,
                    Status.OVER_QUERY_LIMIT));
            PlacesProvider scripted = new Upstreams.Embedded() {
                @Override
                public byte[] nearby(PlacesQuery query) {
                    return PlacesDocument.failure(script.remove(), "as told").bytes();
                }
            };
            PlacesSettings.Breaker settings = new PlacesSettings.Breaker(2, Duration.ofSeconds(5));
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

    @Nested
    class TheFallback {
        private void check(String body, String words) {
            upstream.always(FakeUpstream.ok(body));
            try (PlacesProvider provider = open(settings(Kind.GOOGLE_LEGACY).withFallback(true))) {
                PlacesDocument document = Places.answer(provider, QUERY);
                JsonObject read = JsonParser.parseString(Upstreams.text(document)).getAsJsonObject();
                JsonArray info = read.remove("info_messages").getAsJsonArray();
                assertThat(info.get(0).getAsString()).startsWith("These places are from the embedded data").contains(words);
                assertThat(read).isEqualTo(JsonParser.parseString(Upstreams.Embedded.BODY));
                assertThat(document.status()).isEqualTo("OK");
            }
        }

        @Test
        void answersWhenTheProviderFailsAndSaysThatItDid() {
            check(DEAD, "(UNKNOWN_ERROR): The places provider sent a malformed document");
        }

        @Test
        void answersWhenTheProviderReportsAFailureItself() {
            check("{\"error_message\":\"Daily \\\"quota\\\"\",\"results\":[],\"status\":\"OVER_QUERY_LIMIT\"}", "Daily \"quota\"");
        }

        @Test
        void isInTheFormatsOwnWhiteSpace() {
            upstream.always(FakeUpstream.status(403, "", ""));
            try (PlacesProvider provider = open(settings(Kind.GOOGLE).withFallback(true))) {
                assertThat(Upstreams.text(Places.answer(provider, new PlacesQuery(1, 2, 3, 0)))).isEqualTo("""
                        {
                           "html_attributions" : [ "Embedded" ],
                           "info_messages" : [
                              "These places are from the embedded data, for the places provider failed (REQUEST_DENIED): Google Places: HTTP status 403"
                           ],
                           "results" : [
                           ],
                           "status" : "OK"
                        }""");
            }
        }

        @Test
        void isNotUsedWhileTheProviderAnswers() {
            upstream.always(FakeUpstream.ok("{\"results\":[],\"status\":\"ZERO_RESULTS\"}"));
            try (PlacesProvider provider = open(settings(Kind.GOOGLE_LEGACY).withFallback(true))) {
                assertThat(Places.answer(provider, QUERY).status()).isEqualTo("ZERO_RESULTS");
            }
        }

        @Test
        void joinsInfoMessagesThatAreThereAlready() throws PlacesException {
            for (String there : new String[] {"[]", "[ ]", "[ \"a\", \"b\" ]"}) {
                String body = Upstreams.Embedded.BODY.replace("[ \"Embedded\" ]", "[], \"info_messages\" : " + there);
                FallbackPlaces fallback = new FallbackPlaces(new Fixed("broken"), new Fixed(body));
                JsonObject read = JsonParser.parseString(Upstreams.text(PlacesDocument.of(fallback.nearby(QUERY), 20))).getAsJsonObject();
                assertThat(read.getAsJsonArray("info_messages")).hasSize(there.length() > 3 ? 3 : 1);
            }
        }
    }

    /** A provider whose body never changes. */
    private record Fixed(String body) implements PlacesProvider {
        @Override
        public byte[] nearby(PlacesQuery query) {
            return body.getBytes(UTF_8);
        }

        @Override
        public void close() {
            // Holds nothing.
        }
    }
}
