package dev.proxyherd.places.upstream;

import static dev.proxyherd.places.Upstreams.QUERY;
import static dev.proxyherd.places.upstream.RemoteFailures.HEAD;
import static org.assertj.core.api.Assertions.assertThat;

import dev.proxyherd.places.FakeUpstream;
import dev.proxyherd.places.PlacesProvider;
import dev.proxyherd.places.PlacesQuery;
import dev.proxyherd.places.Upstreams;
import dev.proxyherd.places.document.PlacesDocument;
import dev.proxyherd.places.setup.Places;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Lookups that an upstream leaves without an end, and what they mean to others. */
class HangingLookupsTest {
    @AutoClose
    private FakeUpstream upstream;

    @BeforeEach
    void start() throws IOException {
        upstream = new FakeUpstream(FakeUpstream.ok("?"));
    }

    @ParameterizedTest
    @EnumSource(names = {"GOOGLE", "GOOGLE_LEGACY", "OVERPASS"})
    void doNotDelayOthers(Kind kind) throws Exception {
        upstream.always(FakeUpstream.ok(Upstreams.good(kind)));
        upstream.first(FakeUpstream.hang(""), FakeUpstream.hang(HEAD), FakeUpstream.drip(HEAD, " "));
        try (PlacesProvider provider = Upstreams.open(Upstreams.settings(kind, upstream))) {
            List<FutureTask<PlacesDocument>> stuck = new ArrayList<>();
            for (int i = 1; i <= 3; i++) {
                PlacesQuery query = new PlacesQuery(i, i, 100, 20);
                stuck.add(new FutureTask<>(() -> Places.answer(provider, query)));
                Thread.ofVirtual().start(stuck.getLast());
            }
            assertThat(upstream.sawRequests(3)).isTrue();
            for (int i = 0; i < 20; i++) {
                assertThat(Places.answer(provider, new PlacesQuery(i, -i, 100, 20)).results()).isEqualTo(2);
            }
            assertThat(stuck).noneMatch(FutureTask::isDone);
        }
    }

    @Test
    void endWhenTheProviderIsClosed() throws Exception {
        upstream.always(FakeUpstream.hang(""));
        PlacesSettings settings = Upstreams.settings(Kind.GOOGLE_LEGACY, upstream, "/p", Duration.ofSeconds(60));
        PlacesProvider provider = Upstreams.open(settings.with(settings.limits().withMaxInFlight(2)));
        List<FutureTask<PlacesDocument>> stuck = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            PlacesQuery query = new PlacesQuery(i, i, 100, 20);
            stuck.add(new FutureTask<>(() -> Places.answer(provider, query)));
            Thread.ofVirtual().start(stuck.getLast());
        }
        assertThat(upstream.sawRequests(2)).isTrue();
        provider.close();
        provider.close();
        for (FutureTask<PlacesDocument> task : stuck) {
            assertThat(Upstreams.text(task.get())).contains("this server is stopping");
        }
        assertThat(upstream.sawAbandoned(2)).isTrue();
    }

    @Test
    void closeTheirConnectionWhenInterrupted() throws Exception {
        upstream.always(FakeUpstream.hang(HEAD));
        try (PlacesProvider provider = Upstreams.open(Upstreams.settings(Kind.GOOGLE_LEGACY, upstream))) {
            FutureTask<PlacesDocument> task = new FutureTask<>(() -> Places.answer(provider, QUERY));
            Thread asking = Thread.ofVirtual().start(task);
            assertThat(upstream.sawRequests(1)).isTrue();
            asking.interrupt();
            assertThat(Upstreams.text(task.get())).contains("interrupted");
            assertThat(upstream.sawAbandoned(1)).isTrue();
        }
    }
}
