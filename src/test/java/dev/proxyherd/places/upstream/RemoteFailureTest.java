package dev.proxyherd.places.upstream;

import static dev.proxyherd.places.Upstreams.QUERY;
import static dev.proxyherd.places.upstream.RemoteFailures.CHUNKED;
import static dev.proxyherd.places.upstream.RemoteFailures.HEAD;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.proxyherd.places.FakeUpstream;
import dev.proxyherd.places.PlacesException.Status;
import dev.proxyherd.places.PlacesProvider;
import dev.proxyherd.places.Upstreams;
import dev.proxyherd.places.document.PlacesDocument;
import dev.proxyherd.places.setup.Places;
import dev.proxyherd.places.upstream.PlacesSource.Kind;
import dev.proxyherd.places.upstream.RemoteFailures.Case;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Whatever an upstream does, each lookup ends by its deadline with a document, and the next one can succeed. */
class RemoteFailureTest {
    private static final Duration SHORT = Duration.ofMillis(1_500);

    private static List<Case> cases() {
        String big = HEAD.replace("1000", Integer.toString(5 << 20)) + " ".repeat(5 << 20);
        return List.of(
                new Case("malformed", FakeUpstream.ok("{\"results\" : [}"), Status.UNKNOWN_ERROR, "malformed"),
                new Case("no object", FakeUpstream.ok("[]"), Status.UNKNOWN_ERROR, "no object"),
                new Case("empty body", FakeUpstream.ok(""), Status.UNKNOWN_ERROR, "no object"),
                new Case("HTML with 200", FakeUpstream.ok("<html>Welcome</html>"), Status.UNKNOWN_ERROR, "malformed"),
                new Case("control characters", FakeUpstream.ok("\u0001\u0002"), Status.UNKNOWN_ERROR, "malformed"),
                new Case("not UTF-8", FakeUpstream.raw(200, "", "{\"results\": [\"S\u00fcd\"]}".getBytes(ISO_8859_1)),
                        Status.UNKNOWN_ERROR, "not UTF-8"),
                new Case("too large", FakeUpstream.cutOff(big), Status.UNKNOWN_ERROR, "larger than"),
                new Case("400", FakeUpstream.status(400, "", "<html>no</html>"), Status.INVALID_REQUEST,
                        "HTTP status 400"),
                new Case("401", FakeUpstream.status(401, "", ""), Status.REQUEST_DENIED, "HTTP status 401"),
                new Case("403", FakeUpstream.status(403, "", "no"), Status.REQUEST_DENIED, "HTTP status 403"),
                new Case("404", FakeUpstream.status(404, "", "no"), Status.INVALID_REQUEST, "HTTP status 404"),
                new Case("429", FakeUpstream.status(429, "", "no"), Status.OVER_QUERY_LIMIT, "HTTP status 429"),
                new Case("500", FakeUpstream.status(500, "", "no"), Status.UNKNOWN_ERROR, "HTTP status 500"),
                new Case("redirect", FakeUpstream.status(302, "Location: http://127.0.0.1:1/\r\n", ""),
                        Status.UNKNOWN_ERROR,
                        "redirect"),
                new Case("429 for longer than the deadline", FakeUpstream.status(429, "Retry-After: 3600\r\n", ""),
                        Status.OVER_QUERY_LIMIT, "HTTP status 429"),
                new Case("hang before the headers", FakeUpstream.hang(""), Status.UNKNOWN_ERROR, "within 1500 ms"),
                new Case("hang in the headers", FakeUpstream.hang("HTTP/1.1 200 OK\r\n"), Status.UNKNOWN_ERROR,
                        "within 1500 ms"),
                new Case("hang in the body", FakeUpstream.hang(HEAD + "{"), Status.UNKNOWN_ERROR, "within 1500 ms"),
                new Case("drip of the headers", FakeUpstream.drip("HTTP/1.1 200 OK\r\nX: ", "x"), Status.UNKNOWN_ERROR,
                        "within 1500 ms"),
                new Case("drip of the body", FakeUpstream.drip(HEAD, " "), Status.UNKNOWN_ERROR, "within 1500 ms"),
                new Case("drip of chunks", FakeUpstream.drip(CHUNKED, "1\r\n \r\n"), Status.UNKNOWN_ERROR,
                        "within 1500 ms"));
    }

    @TestFactory
    Stream<DynamicTest> everyFailureIsADocumentAndTheNextLookupSucceeds() {
        return RemoteFailures.forEachProvider(cases(), RemoteFailureTest::check);
    }

    private static void check(Kind kind, Case failure) throws Exception {
        boolean endless = failure.name().startsWith("hang") || failure.name().startsWith("drip");
        Duration deadline = endless ? SHORT : PlacesLimits.MAX_DEADLINE;
        try (FakeUpstream upstream = new FakeUpstream(failure.play());
                PlacesProvider provider = Upstreams.open(Upstreams.settings(kind, upstream, "/p", deadline))) {
            long before = System.nanoTime();
            PlacesDocument document = Places.answer(provider, QUERY);
            long millis = (System.nanoTime() - before) / 1_000_000;

            JsonObject read = JsonParser.parseString(Upstreams.text(document)).getAsJsonObject();
            assertThat(document.status()).as(Upstreams.text(document)).isEqualTo(failure.status().name());
            assertThat(read.getAsJsonArray("results")).isEmpty();
            assertThat(read.get("error_message").getAsString()).contains(failure.words()).doesNotContain("127.0.0.1");
            if (endless) {
                assertThat(millis).as("the deadline is 1,500 ms").isLessThan(6_000);
                assertThat(upstream.sawAbandoned(1)).as("the connection is closed").isTrue();
            }

            upstream.always(FakeUpstream.ok(Upstreams.good(kind)));
            assertThat(Places.answer(provider, QUERY).results()).isEqualTo(2);
        }
    }
}
