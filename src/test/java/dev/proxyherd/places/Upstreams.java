package dev.proxyherd.places;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.proxyherd.places.document.DocumentScanner;
import dev.proxyherd.places.document.PlacesDocument;
import dev.proxyherd.places.resilience.BreakerSettings;
import dev.proxyherd.places.setup.Places;
import dev.proxyherd.places.setup.PlacesSettings;
import dev.proxyherd.places.upstream.ApiKey;
import dev.proxyherd.places.upstream.PlacesEnvironment;
import dev.proxyherd.places.upstream.PlacesSource;
import dev.proxyherd.places.upstream.PlacesSource.Kind;
import dev.proxyherd.server.Await;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicLong;

/** What the tests of remote providers share: settings at a fake upstream, good answers, an embedded provider, a clock. */
public final class Upstreams {
    public static final String KEY = "sEcReT-key_0123456789";
    public static final PlacesQuery QUERY = new PlacesQuery(34.06893, -118.445127, 10_000, 20);

    public static final String LEGACY_OK = """
            {
               "html_attributions" : [],
               "results" : [
                  {
                     "name" : "Corner Bakery",
                     "place_id" : "inv-1"
                  },

                  {
                     "name" : "Harbour View",
                     "place_id" : "inv-2"
                  }
               ],
               "status" : "OK"
            }


            """;
    public static final String GOOGLE_OK = """
            {"places": [
              {"id": "inv-1", "displayName": {"text": "Corner Bakery"}, "location": {"latitude": 34.0690, "longitude": -118.44}},
              {"id": "inv-2", "displayName": {"text": "Harbour View"}, "location": {"latitude": 34.071, "longitude": -118.4}}
            ]}
            """;
    public static final String OVERPASS_OK = """
            {"version": 0.6, "elements": [
              {"type": "node", "id": 71, "lat": 34.0690, "lon": -118.4451, "tags": {"name": "Corner Bakery", "shop": "bakery"}},
              {"type": "way", "id": 5, "center": {"lat": 34.071, "lon": -118.4452}, "tags": {"name": "Harbour View", "tourism": "hotel"}}
            ]}
            """;

    /** What a provider sends that is out of its mind. */
    public static final String MALFORMED = "no JSON";

    private Upstreams() {
    }

    public static String good(Kind kind) {
        return kind == Kind.GOOGLE ? GOOGLE_OK : kind == Kind.OVERPASS ? OVERPASS_OK : LEGACY_OK;
    }

    /** A provider at a fake upstream with a deadline that a test can wait for, and without a breaker. */
    public static PlacesSettings settings(Kind kind, FakeUpstream upstream, String path, Duration deadline) {
        String word = kind.name().toLowerCase(Locale.ROOT).replace('_', '-');
        PlacesSource source = PlacesSource.parse(word).at(upstream.url(path)).with(ApiKey.of(KEY, "a test"));
        PlacesSettings settings = PlacesSettings.of(source).with(new BreakerSettings(0, Duration.ofSeconds(1)));
        return settings.with(settings.limits().withDeadline(deadline));
    }

    public static PlacesSettings settings(Kind kind, FakeUpstream upstream) {
        return settings(kind, upstream, "/places", Duration.ofSeconds(10));
    }

    public static PlacesProvider open(PlacesSettings settings) {
        return Places.open(settings, Embedded::new, PlacesEnvironment.system(warning -> {}));
    }

    /** Asks each from a thread of its own; when this returns, each waits: for an answer, or for its turn to ask. */
    public static List<FutureTask<PlacesDocument>> askAtOnce(PlacesProvider provider, List<PlacesQuery> queries) {
        List<FutureTask<PlacesDocument>> tasks = new ArrayList<>();
        List<Thread> threads = new ArrayList<>();
        for (PlacesQuery query : queries) {
            tasks.add(new FutureTask<>(() -> Places.answer(provider, query)));
            threads.add(Thread.ofVirtual().start(tasks.getLast()));
        }
        // Nothing on the way there waits for a limited time but what heeds the deadline.
        Await.until("all have asked",
                () -> threads.stream().allMatch(thread -> thread.getState() == Thread.State.TIMED_WAITING
                        || thread.getState() == Thread.State.TERMINATED));
        return tasks;
    }

    public static String text(PlacesDocument document) {
        return new String(document.bytes(), UTF_8);
    }

    /** The data that are always there, as far as these tests need them. */
    public static class Embedded implements PlacesProvider {
        public static final String BODY = """
                {
                   "html_attributions" : [ "Embedded" ],
                   "results" : [
                      {
                         "name" : "Embedded Place"
                      }
                   ],
                   "status" : "OK"
                }""";

        @Override
        public ProviderDocument nearby(PlacesQuery query) throws PlacesException {
            return DocumentScanner.scan(BODY.getBytes(UTF_8));
        }

        @Override
        public void close() {
            // Holds nothing.
        }
    }

    /** A world whose clocks stand still until they are moved, and that remembers its warnings. */
    public static final class World {
        public final AtomicLong nanos = new AtomicLong(-5);
        public final List<String> warnings = new CopyOnWriteArrayList<>();

        PlacesEnvironment environment() {
            Instant day = Instant.parse("2024-05-06T07:08:09Z");
            return new PlacesEnvironment(InstantSource.fixed(day), nanos::get, new Random(1), warnings::add);
        }

        public PlacesProvider open(PlacesSettings settings) {
            return Places.open(settings, Embedded::new, environment());
        }

        public void pass(Duration time) {
            nanos.addAndGet(time.toNanos());
        }
    }
}
