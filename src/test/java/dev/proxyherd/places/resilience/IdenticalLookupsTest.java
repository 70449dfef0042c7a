package dev.proxyherd.places.resilience;

import static dev.proxyherd.places.Upstreams.QUERY;
import static org.assertj.core.api.Assertions.assertThat;

import dev.proxyherd.places.FakeUpstream;
import dev.proxyherd.places.HeldAnswers;
import dev.proxyherd.places.PlacesProvider;
import dev.proxyherd.places.PlacesQuery;
import dev.proxyherd.places.Upstreams;
import dev.proxyherd.places.document.PlacesDocument;
import dev.proxyherd.places.setup.Places;
import dev.proxyherd.places.upstream.PlacesSource.Kind;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Identical lookups at the same time. */
class IdenticalLookupsTest {
    @AutoClose
    private FakeUpstream upstream;

    @BeforeEach
    void start() throws IOException {
        upstream = new FakeUpstream(FakeUpstream.ok(Upstreams.LEGACY_OK));
    }

    @Test
    void inFlightAtTheSameTimeAreOneRequestWhateverTheirBound() throws Exception {
        HeldAnswers held = new HeldAnswers(FakeUpstream.ok(Upstreams.LEGACY_OK));
        upstream.always(held);
        try (PlacesProvider provider = Upstreams.open(Upstreams.settings(Kind.GOOGLE_LEGACY, upstream))) {
            List<PlacesQuery> queries = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                queries.add(new PlacesQuery(5, 6, 700, i % 21));
            }
            List<FutureTask<PlacesDocument>> tasks = Upstreams.askAtOnce(provider, queries);
            held.letGo(2);
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
        HeldAnswers held = new HeldAnswers(FakeUpstream.status(403, "", ""));
        upstream.always(held);
        try (PlacesProvider provider = Upstreams.open(Upstreams.settings(Kind.GOOGLE, upstream))) {
            List<FutureTask<PlacesDocument>> tasks = Upstreams.askAtOnce(provider, List.of(QUERY, QUERY, QUERY, QUERY));
            held.letGo(1);
            for (FutureTask<PlacesDocument> task : tasks) {
                assertThat(task.get().status()).isEqualTo("REQUEST_DENIED");
            }
        }
        assertThat(upstream.requests()).hasSize(1);
    }

    @Test
    void doNotShareTheInterruptionOfTheOneThatAsked() throws Exception {
        upstream.first(FakeUpstream.hang(""));
        upstream.always(FakeUpstream.ok(Upstreams.LEGACY_OK));
        try (PlacesProvider provider = Upstreams.open(Upstreams.settings(Kind.GOOGLE_LEGACY, upstream))) {
            FutureTask<PlacesDocument> first = new FutureTask<>(() -> Places.answer(provider, QUERY));
            Thread asking = Thread.ofVirtual().start(first);
            assertThat(upstream.sawRequests(1)).isTrue();
            List<FutureTask<PlacesDocument>> others = Upstreams.askAtOnce(provider, List.of(QUERY, QUERY));
            asking.interrupt();
            for (FutureTask<PlacesDocument> other : others) {
                assertThat(other.get().results()).isEqualTo(2);
            }
        }
    }
}
