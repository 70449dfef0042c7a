package dev.proxyherd.places.google;

import static dev.proxyherd.places.Upstreams.KEY;
import static dev.proxyherd.places.Upstreams.QUERY;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.proxyherd.places.FakeUpstream;
import dev.proxyherd.places.PlacesException;
import dev.proxyherd.places.PlacesProvider;
import dev.proxyherd.places.PlacesQuery;
import dev.proxyherd.places.SampleDocument;
import dev.proxyherd.places.Upstreams;
import dev.proxyherd.places.document.PlacesDocument;
import dev.proxyherd.places.setup.Places;
import dev.proxyherd.places.upstream.PlacesSource.Kind;
import java.io.IOException;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class GoogleLegacyPlacesTest {
    private FakeUpstream upstream;

    @BeforeEach
    void start() throws IOException {
        upstream = new FakeUpstream(FakeUpstream.ok(Upstreams.LEGACY_OK));
    }

    @AfterEach
    void stop() throws IOException {
        upstream.close();
    }

    private PlacesDocument ask(PlacesQuery query) {
        return ask(query, "/maps/api/place/nearbysearch/json");
    }

    private PlacesDocument ask(PlacesQuery query, String path) {
        try (PlacesProvider provider =
                Upstreams.open(Upstreams.settings(Kind.GOOGLE_LEGACY, upstream, path, Duration.ofSeconds(10)))) {
            return Places.answer(provider, query);
        }
    }

    private String askedFor() {
        return upstream.requests().getLast().line();
    }

    @Test
    void asksWithAnEncodedCommaAndNoPlusSign() {
        ask(QUERY);
        assertThat(askedFor())
                .isEqualTo("GET /maps/api/place/nearbysearch/json?location=34.06893%2C-118.445127&radius=10000&key="
                        + KEY + " HTTP/1.1");
        assertThat(upstream.requests().getLast().header("User-Agent")).startsWith("proxyherd");
    }

    @Test
    void asksForTheSmallestRadiusWhereTheClientsIsSmaller() {
        ask(new PlacesQuery(-0.0, 0.0000001, 0, 20));
        assertThat(askedFor()).contains("?location=0%2C0.0000001&radius=1&");
        ask(new PlacesQuery(90, -180, 1_234.5, 20));
        assertThat(askedFor()).contains("?location=90%2C-180&radius=1234.5&");
        ask(new PlacesQuery(1e-300, 100.0 / 3, 50_000.000001, 20));
        assertThat(askedFor()).contains("?location=0%2C33.333333333&radius=50000&");
    }

    @Test
    void keepsTheParametersThatAUrlHasAlready() {
        ask(QUERY, "/x?language=de");
        assertThat(askedFor()).startsWith("GET /x?language=de&location=34.06893%2C");
    }

    @Test
    void handsTheBodyOnByteForByteButForNewlineRuns() throws PlacesException {
        for (long seed = 100; seed < 105; seed++) {
            SampleDocument sample = SampleDocument.random(new Random(seed), 20);
            upstream.always(FakeUpstream.ok(sample.whole()));
            try (PlacesProvider provider = Upstreams.open(Upstreams.settings(Kind.GOOGLE_LEGACY, upstream))) {
                assertThat(provider.nearby(QUERY).bytes()).as("seed %d", seed)
                        .isEqualTo(sample.whole().getBytes(UTF_8));
                PlacesQuery seven = new PlacesQuery(1, 2, 3, 7);
                assertThat(Upstreams.text(Places.answer(provider, seven))).as("seed %d", seed)
                        .isEqualTo(sample.cutTo(7));
            }
        }
    }

    @Test
    void handsItsOwnFailuresOnAndDoesNotTryThemAgain() {
        String denied = """
                {
                   "error_message" : "No such key.",
                   "html_attributions" : [],
                   "results" : [],
                   "status" : "REQUEST_DENIED"
                }""";
        upstream.always(FakeUpstream.ok(denied + "\n"));
        assertThat(Upstreams.text(ask(QUERY))).isEqualTo(denied);
        upstream.always(FakeUpstream.ok(denied.replace("REQUEST_DENIED", "OVER_QUERY_LIMIT")));
        assertThat(ask(QUERY).status()).isEqualTo("OVER_QUERY_LIMIT");
        assertThat(upstream.requests()).hasSize(2);
    }

    @Test
    void aFailureWithoutWordsGetsSome() {
        upstream.always(FakeUpstream.ok("{\"html_attributions\":[],\"results\":[],\"status\":\"INVALID_REQUEST\"}"));
        assertThat(Upstreams.text(ask(QUERY)))
                .contains("\"error_message\" : \"The places provider answered INVALID_REQUEST\"");
    }

    @Test
    void aKeyThatTheUpstreamRepeatsDoesNotReachTheClient() {
        upstream.always(FakeUpstream
                .ok("{\"results\":[],\"status\":\"REQUEST_DENIED\",\"error_message\":\"key " + KEY + " is bad\"}"));
        assertThat(Upstreams.text(ask(QUERY))).contains("key [key] is bad", "REQUEST_DENIED").doesNotContain(KEY);
    }

    @Test
    void noResultsAreADocumentToo() {
        upstream.always(FakeUpstream.ok("{\n   \"results\" : [],\n   \"status\" : \"ZERO_RESULTS\"\n}\n"));
        assertThat(ask(QUERY)).hasToString("ZERO_RESULTS, 0 results, 51 bytes");
    }
}
