package dev.proxyherd.places;

import static dev.proxyherd.places.Upstreams.QUERY;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.proxyherd.places.PlacesException.Status;
import dev.proxyherd.places.PlacesSource.Kind;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.FutureTask;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whatever an upstream does, each lookup ends by its deadline with a document, and the next one can succeed. */
class RemoteFailureTest {
    private static final Duration SHORT = Duration.ofMillis(1_500);
    private static final String HEAD = "HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n";
    private static final String CHUNKED = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";

    private FakeUpstream upstream;

    @BeforeEach
    void start() throws IOException {
        upstream = new FakeUpstream(FakeUpstream.ok("?"));
    }

    @AfterEach
    void stop() throws IOException {
        upstream.close();
    }

    private record Case(String name, FakeUpstream.Play play, Status status, String words) {
    }

    private static List<Case> cases() {
        String big = HEAD.replace("1000", Integer.toString(5 << 20)) + " ".repeat(5 << 20);
        return List.of(
                new Case("malformed", FakeUpstream.ok("{\"results\" : [}"), Status.UNKNOWN_ERROR, "malformed"),
                new Case("no object", FakeUpstream.ok("[]"), Status.UNKNOWN_ERROR, "no object"),
                new Case("empty body", FakeUpstream.ok(""), Status.UNKNOWN_ERROR, "no object"),
                new Case("HTML with 200", FakeUpstream.ok("<html>Welcome</html>"), Status.UNKNOWN_ERROR, "malformed"),
                new Case("not UTF-8", FakeUpstream.cutOff("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n\u0001\u0002"),
                        Status.UNKNOWN_ERROR, "malformed"),
                new Case("too large", FakeUpstream.cutOff(big), Status.UNKNOWN_ERROR, "larger than"),
                new Case("400", FakeUpstream.status(400, "", "<html>no</html>"), Status.INVALID_REQUEST, "HTTP status 400"),
                new Case("401", FakeUpstream.status(401, "", ""), Status.REQUEST_DENIED, "HTTP status 401"),
                new Case("403", FakeUpstream.status(403, "", "no"), Status.REQUEST_DENIED, "HTTP status 403"),
                new Case("404", FakeUpstream.status(404, "", "no"), Status.INVALID_REQUEST, "HTTP status 404"),
                new Case("429", FakeUpstream.status(429, "", "no"), Status.OVER_QUERY_LIMIT, "HTTP status 429"),
                new Case("500", FakeUpstream.status(500, "", "no"), Status.UNKNOWN_ERROR, "HTTP status 500"),
                new Case("redirect", FakeUpstream.status(302, "Location: http://127.0.0.1:1/\r\n", ""), Status.UNKNOWN_ERROR,
                        "redirect"),
                new Case("429 for longer than the deadline", FakeUpstream.status(429, "Retry-After: 3600\r\n", ""),
                        Status.OVER_QUERY_LIMIT, "HTTP status 429"),
                new Case("hang before the headers", FakeUpstream.hang(""), Status.UNKNOWN_ERROR, "within 1500 ms"),
                new Case("hang in the headers", FakeUpstream.hang("HTTP/1.1 200 OK\r\n"), Status.UNKNOWN_ERROR, "within 1500 ms"),
                new Case("hang in the body", FakeUpstream.hang(HEAD + "{"), Status.UNKNOWN_ERROR, "within 1500 ms"),
                new Case("drip of the headers", FakeUpstream.drip("HTTP/1.1 200 OK\r\nX: ", "x"), Status.UNKNOWN_ERROR, "within 1500 ms"),
                new Case("drip of the body", FakeUpstream.drip(HEAD, " "), Status.UNKNOWN_ERROR, "within 1500 ms"),
                new Case("drip of chunks", FakeUpstream.drip(CHUNKED, "1\r\n \r\n"), Status.UNKNOWN_ERROR, "within 1500 ms"));
    }

    /** One check for each remote provider and failure, all begun at once, for most of their time is waiting. */
    private static Stream<DynamicTest> forEachProvider(List<Case> failures, Check check) {
        List<DynamicTest> tests = new ArrayList<>();
        for (Kind kind : List.of(Kind.GOOGLE, Kind.GOOGLE_LEGACY, Kind.OVERPASS)) {
            for (Case failure : failures) {
                FutureTask<Void> task = new FutureTask<>(() -> {
                    check.run(kind, failure);
                    return null;
                });
                Thread.ofVirtual().start(task);
                tests.add(DynamicTest.dynamicTest(kind + ", " + failure.name, task::get));
            }
        }
        return tests.stream();
    }

    private interface Check {
        void run(Kind kind, Case failure) throws Exception;
    }

    @TestFactory
    Stream<DynamicTest> everyFailureIsADocumentAndTheNextLookupSucceeds() {
        return forEachProvider(cases(), RemoteFailureTest::check);
    }

    private static void check(Kind kind, Case failure) throws Exception {
        try (FakeUpstream upstream = new FakeUpstream(failure.play);
                PlacesProvider provider = Upstreams.open(Upstreams.settings(kind, upstream, "/p", SHORT))) {
            long before = System.nanoTime();
            PlacesDocument document = Places.answer(provider, QUERY);
            long millis = (System.nanoTime() - before) / 1_000_000;

            JsonObject read = JsonParser.parseString(Upstreams.text(document)).getAsJsonObject();
            assertThat(document.status()).as(Upstreams.text(document)).isEqualTo(failure.status.name());
            assertThat(read.getAsJsonArray("results")).isEmpty();
            assertThat(read.get("error_message").getAsString()).contains(failure.words).doesNotContain("127.0.0.1");
            assertThat(millis).as("the deadline is 1,500 ms").isLessThan(6_000);
            if (failure.name.startsWith("hang") || failure.name.startsWith("drip")) {
                assertThat(upstream.sawAbandoned(1)).as("the connection is closed").isTrue();
            }

            upstream.always(FakeUpstream.ok(Upstreams.good(kind)));
            assertThat(Places.answer(provider, QUERY).results()).isEqualTo(2);
        }
    }

    @Nested
    class PassingFailures {
        @TestFactory
        Stream<DynamicTest> areTriedAgain() {
            List<Case> passing = List.of(
                    new Case("502", FakeUpstream.status(502, "", "<html>"), null, ""),
                    new Case("503", FakeUpstream.status(503, "", ""), null, ""),
                    new Case("503 with a date", FakeUpstream.status(503, "Retry-After: Mon, 06 May 2024 07:08:08 GMT\r\n", ""), null, ""),
                    new Case("429 with seconds", FakeUpstream.status(429, "Retry-After: 0\r\n", ""), null, ""),
                    new Case("reset at once", FakeUpstream.reset(""), null, ""),
                    new Case("reset in the body", FakeUpstream.reset(HEAD + "{"), null, ""),
                    new Case("end in the body", FakeUpstream.cutOff(HEAD + "{}"), null, ""),
                    new Case("end in a chunk", FakeUpstream.cutOff(CHUNKED + "5\r\n{"), null, ""));
            return forEachProvider(passing, (kind, failure) -> {
                try (FakeUpstream twice = new FakeUpstream(FakeUpstream.ok(Upstreams.good(kind))).first(failure.play, failure.play);
                        PlacesProvider provider = Upstreams.open(Upstreams.settings(kind, twice))) {
                    PlacesDocument document = Places.answer(provider, QUERY);
                    assertThat(document.results()).as(Upstreams.text(document)).isEqualTo(2);
                }
            });
        }

        @Test
        void areGivenUpAfterSomeAttempts() throws Exception {
            upstream.always(FakeUpstream.status(503, "", ""));
            try (PlacesProvider provider = Upstreams.open(Upstreams.settings(Kind.GOOGLE_LEGACY, upstream))) {
                assertThat(Places.answer(provider, QUERY).status()).isEqualTo("UNKNOWN_ERROR");
            }
            assertThat(upstream.requests()).hasSize(4);
        }

        @Test
        void areNotWaitedForBeyondTheDeadline() throws Exception {
            upstream.always(FakeUpstream.status(503, "Retry-After: 11\r\n", ""));
            try (PlacesProvider provider = Upstreams.open(Upstreams.settings(Kind.GOOGLE_LEGACY, upstream))) {
                assertThat(Places.answer(provider, QUERY).status()).isEqualTo("UNKNOWN_ERROR");
            }
            assertThat(upstream.requests()).hasSize(1);
        }

        @Test
        void refusalsAreNotAmongThem() throws Exception {
            for (int code : new int[] {400, 401, 403, 404, 429, 500}) {
                try (FakeUpstream strict = new FakeUpstream(FakeUpstream.status(code, "", ""));
                        PlacesProvider provider = Upstreams.open(Upstreams.settings(Kind.GOOGLE_LEGACY, strict))) {
                    Places.answer(provider, QUERY);
                    assertThat(strict.requests()).as("status " + code).hasSize(1);
                }
            }
        }
    }

    @Nested
    class Connecting {
        private PlacesDocument ask(URI url) {
            PlacesSettings settings = PlacesSettings.of(PlacesSource.parse("overpass").at(url));
            try (PlacesProvider provider = Upstreams.open(settings)) {
                return Places.answer(provider, QUERY);
            }
        }

        @Test
        void aRefusedConnectionIsNamed() throws IOException {
            int port;
            try (ServerSocket closed = new ServerSocket(0)) {
                port = closed.getLocalPort();
            }
            assertThat(Upstreams.text(ask(URI.create("http://127.0.0.1:" + port + "/")))).contains("the connection was refused (tried 4 times)");
        }

        @Test
        void anUnknownHostIsNamedAndNotTriedAgain() {
            assertThat(Upstreams.text(ask(URI.create("http://no-such-host.invalid/")))).contains("its host name is unknown\"");
        }

        @Test
        void tlsWithSomethingElseIsNamedAndNotTriedAgain() {
            upstream.always(FakeUpstream.ok("no TLS"));
            URI url = URI.create(upstream.url("/").toString().replace("http:", "https:"));
            assertThat(Upstreams.text(ask(url))).contains("UNKNOWN_ERROR").doesNotContain("tried");
        }
    }

    @Nested
    class Others {
        @ParameterizedTest
        @EnumSource(names = {"GOOGLE", "GOOGLE_LEGACY", "OVERPASS"})
        void areNotDelayedByLookupsThatHang(Kind kind) throws Exception {
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
        void closingEndsAllThatIsUnderWay() throws Exception {
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
        void anInterruptedLookupClosesItsConnection() throws Exception {
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
}
