package dev.proxyherd.places.upstream;

import static dev.proxyherd.places.Upstreams.QUERY;
import static dev.proxyherd.places.upstream.RemoteFailures.CHUNKED;
import static dev.proxyherd.places.upstream.RemoteFailures.HEAD;
import static org.assertj.core.api.Assertions.assertThat;

import dev.proxyherd.places.FakeUpstream;
import dev.proxyherd.places.PlacesProvider;
import dev.proxyherd.places.Upstreams;
import dev.proxyherd.places.document.PlacesDocument;
import dev.proxyherd.places.setup.Places;
import dev.proxyherd.places.upstream.PlacesSource.Kind;
import dev.proxyherd.places.upstream.RemoteFailures.Case;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Failures that may be over at the next attempt. */
class PassingFailuresTest {
    @AutoClose
    private FakeUpstream upstream;

    @BeforeEach
    void start() throws IOException {
        upstream = new FakeUpstream(FakeUpstream.ok("?"));
    }

    @TestFactory
    Stream<DynamicTest> areTriedAgain() {
        List<Case> passing = List.of(
                new Case("502", FakeUpstream.status(502, "", "<html>"), null, ""),
                new Case("503", FakeUpstream.status(503, "", ""), null, ""),
                new Case("503 with a date",
                        FakeUpstream.status(503, "Retry-After: Mon, 06 May 2024 07:08:08 GMT\r\n", ""), null, ""),
                new Case("429 with seconds", FakeUpstream.status(429, "Retry-After: 0\r\n", ""), null, ""),
                new Case("reset at once", FakeUpstream.reset(""), null, ""),
                new Case("reset in the body", FakeUpstream.reset(HEAD + "{"), null, ""),
                new Case("end in the body", FakeUpstream.cutOff(HEAD + "{}"), null, ""),
                new Case("end in a chunk", FakeUpstream.cutOff(CHUNKED + "5\r\n{"), null, ""));
        return RemoteFailures.forEachProvider(passing, (kind, failure) -> {
            try (FakeUpstream twice =
                    new FakeUpstream(FakeUpstream.ok(Upstreams.good(kind))).first(failure.play(), failure.play());
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
    void aQuotaIsNotAmongThemUnlessItEndsBeforeTheDeadline() throws Exception {
        for (String retryAfter : new String[] {"soon", "-1", "9999999999"}) {
            try (FakeUpstream strict =
                    new FakeUpstream(FakeUpstream.status(429, "Retry-After: " + retryAfter + "\r\n", ""));
                    PlacesProvider provider = Upstreams.open(Upstreams.settings(Kind.GOOGLE_LEGACY, strict))) {
                assertThat(Places.answer(provider, QUERY).status()).isEqualTo("OVER_QUERY_LIMIT");
                assertThat(strict.requests()).as("Retry-After: " + retryAfter).hasSize(1);
            }
        }
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
