package dev.proxyherd.places.resilience;

import static dev.proxyherd.places.Upstreams.QUERY;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.proxyherd.places.FakeUpstream;
import dev.proxyherd.places.PlacesException;
import dev.proxyherd.places.PlacesProvider;
import dev.proxyherd.places.PlacesQuery;
import dev.proxyherd.places.ProviderDocument;
import dev.proxyherd.places.Upstreams;
import dev.proxyherd.places.document.DocumentScanner;
import dev.proxyherd.places.document.PlacesDocument;
import dev.proxyherd.places.setup.Places;
import dev.proxyherd.places.upstream.PlacesSource.Kind;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The embedded places in place of a provider that fails. */
class FallbackPlacesTest {
    private final Upstreams.World world = new Upstreams.World();

    @AutoClose
    private FakeUpstream upstream;

    @BeforeEach
    void start() throws IOException {
        upstream = new FakeUpstream(FakeUpstream.ok(Upstreams.LEGACY_OK));
    }

    private void check(String body, String words) {
        upstream.always(FakeUpstream.ok(body));
        try (PlacesProvider provider =
                world.open(Upstreams.settings(Kind.GOOGLE_LEGACY, upstream).withFallback(true))) {
            PlacesDocument document = Places.answer(provider, QUERY);
            JsonObject read = JsonParser.parseString(Upstreams.text(document)).getAsJsonObject();
            JsonArray info = read.remove("info_messages").getAsJsonArray();
            assertThat(info.get(0).getAsString()).startsWith("These places are from the embedded data").contains(words);
            assertThat(read).isEqualTo(JsonParser.parseString(Upstreams.Embedded.BODY));
            assertThat(document.status()).isEqualTo("OK");
        }
    }

    @Test
    void preparesBoth() {
        AtomicInteger prepared = new AtomicInteger();
        class Preparing extends Upstreams.Embedded {
            @Override
            public void prepare() {
                prepared.incrementAndGet();
            }
        }
        try (PlacesProvider provider = new FallbackPlaces(new Preparing(), new Preparing())) {
            provider.prepare();
        }
        assertThat(prepared).hasValue(2);
    }

    @Test
    void answersWhenTheProviderFailsAndSaysThatItDid() {
        check(Upstreams.MALFORMED, "(UNKNOWN_ERROR): The places provider sent a malformed document");
    }

    @Test
    void answersWhenTheProviderReportsAFailureItself() {
        check("{\"error_message\":\"Daily \\\"quota\\\"\",\"results\":[],\"status\":\"OVER_QUERY_LIMIT\"}",
                "Daily \"quota\"");
    }

    @Test
    void isInTheFormatsOwnWhiteSpace() {
        upstream.always(FakeUpstream.status(403, "", ""));
        try (PlacesProvider provider = world.open(Upstreams.settings(Kind.GOOGLE, upstream).withFallback(true))) {
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
        try (PlacesProvider provider =
                world.open(Upstreams.settings(Kind.GOOGLE_LEGACY, upstream).withFallback(true))) {
            assertThat(Places.answer(provider, QUERY).status()).isEqualTo("ZERO_RESULTS");
        }
    }

    @Test
    void joinsInfoMessagesThatAreThereAlready() throws PlacesException {
        for (String there : new String[] {"[]", "[ ]", "[ \"a\", \"b\" ]"}) {
            String body = Upstreams.Embedded.BODY.replace("[ \"Embedded\" ]", "[], \"info_messages\" : " + there);
            FallbackPlaces fallback = new FallbackPlaces(new Fixed("broken"), new Fixed(body));
            JsonObject read = JsonParser.parseString(Upstreams.text(PlacesDocument.of(fallback.nearby(QUERY), 20)))
                    .getAsJsonObject();
            assertThat(read.getAsJsonArray("info_messages")).hasSize(there.length() > 3 ? 3 : 1);
        }
    }

    /** A provider whose body never changes. */
    private record Fixed(String body) implements PlacesProvider {
        @Override
        public ProviderDocument nearby(PlacesQuery query) throws PlacesException {
            return DocumentScanner.scan(body.getBytes(UTF_8));
        }

        @Override
        public void close() {
            // Holds nothing.
        }
    }
}
