package dev.proxyherd.places.setup;

import static dev.proxyherd.places.Upstreams.KEY;
import static dev.proxyherd.places.Upstreams.QUERY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.proxyherd.places.FakeUpstream;
import dev.proxyherd.places.PlacesException;
import dev.proxyherd.places.PlacesException.Status;
import dev.proxyherd.places.PlacesProvider;
import dev.proxyherd.places.PlacesQuery;
import dev.proxyherd.places.ProviderDocument;
import dev.proxyherd.places.Upstreams;
import dev.proxyherd.places.document.DocumentScanner;
import dev.proxyherd.places.document.PlacesDocument;
import dev.proxyherd.places.resilience.BreakerSettings;
import dev.proxyherd.places.resilience.CacheSettings;
import dev.proxyherd.places.upstream.ApiKey;
import dev.proxyherd.places.upstream.PlacesLimits;
import dev.proxyherd.places.upstream.PlacesSource;
import dev.proxyherd.places.upstream.PlacesSource.Kind;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PlacesSettingsTest {
    private final Upstreams.World world = new Upstreams.World();

    private PlacesProvider open(PlacesSource source) {
        return world.open(PlacesSettings.of(source));
    }

    @Nested
    class TheSource {
        @ParameterizedTest
        @CsvSource({"bundled,BUNDLED", "google,GOOGLE", "google-legacy,GOOGLE_LEGACY", "overpass,OVERPASS",
            "file:/a b/c.tsv,FILE"})
        void isChosenByAWord(String word, Kind kind) {
            assertThat(PlacesSource.parse(word).kind()).isEqualTo(kind);
        }

        @ParameterizedTest
        @ValueSource(strings = {"", "Google", "file:", "file:PATH2x/..\u0000", "bing"})
        void thatIsNotKnownIsRefused(String word) {
            assertThatThrownBy(() -> PlacesSource.parse(word)).isInstanceOf(IllegalArgumentException.class);
        }

        @Test
        void refusalsNameTheChoice() {
            assertThatThrownBy(() -> PlacesSource.parse("bing"))
                    .hasMessage(
                            "--places bing: there is no such provider; there are bundled, google, google-legacy, overpass, file:PATH");
        }

        @Test
        void bundledIsTheEmbeddedDataThemselves() {
            assertThat(open(PlacesSource.parse("bundled"))).isInstanceOf(Upstreams.Embedded.class);
        }

        @Test
        void takesAnotherEndpointIfItHasOne() {
            assertThat(PlacesSource.parse("overpass").at(URI.create("HTTPS://x.example:8443/api?k=v"))).hasToString(
                    "overpass at HTTPS://x.example:8443/api");
            for (String bad : List.of("ftp://x/", "x", "http:/path", "file:///etc", "http://x:0/", "http://x:65536/",
                    "http://x/#y")) {
                assertThatThrownBy(() -> PlacesSource.parse("google").at(URI.create(bad)))
                        .isInstanceOf(IllegalArgumentException.class);
            }
            assertThatThrownBy(() -> PlacesSource.parse("bundled").at(URI.create("http://x/")))
                    .hasMessageContaining("takes no URL");
        }

        @Test
        void onlyThePublicOverpassServerIsAskedWithRestraint() {
            PlacesSource overpass = PlacesSource.parse("overpass");
            assertThat(PlacesLimits.defaultsFor(overpass))
                    .extracting(PlacesLimits::maxInFlight, PlacesLimits::perSecond).containsExactly(2, 1.0);
            assertThat(PlacesLimits.defaultsFor(overpass.at(URI.create("http://127.0.0.1/"))))
                    .extracting(PlacesLimits::maxInFlight,
                            PlacesLimits::perSecond)
                    .containsExactly(64, 0.0);
        }
    }

    @Nested
    class TheKey {
        @TempDir
        private Path folder;

        @Test
        void comesFromAFileWithoutTheWhiteSpaceAroundIt() throws IOException {
            Path file = Files.writeString(folder.resolve("key"), KEY + "\r\n");
            assertThat(ApiKey.fromFile(file).secret()).isEqualTo(KEY);
        }

        @Test
        void comesFromTheEnvironmentIfItIsThere() {
            assertThat(ApiKey.fromEnvironment(Map.of("HERD_PLACES_KEY", KEY)).secret()).isEqualTo(KEY);
            assertThat(ApiKey.fromEnvironment(Map.of("HERD_PLACES_KEY", " "))).isNull();
            assertThat(ApiKey.fromEnvironment(Map.of())).isNull();
        }

        @Test
        void thatIsNoneIsRefusedWithoutBeingShown() throws IOException {
            for (String bad : List.of("", " ", "SECRET WORDS", "SECRET\nTWO", "SECRÉT", "x".repeat(600))) {
                Path file = Files.writeString(folder.resolve("key"), bad);
                assertThatThrownBy(() -> ApiKey.fromFile(file)).isInstanceOf(IllegalArgumentException.class)
                        .hasMessageContaining("holds is no key").hasMessageNotContaining("SECR");
            }
        }

        @Test
        void isNeededByGoogleOnly() {
            for (String word : List.of("google", "google-legacy")) {
                assertThatThrownBy(() -> open(PlacesSource.parse(word))).isInstanceOf(IllegalArgumentException.class)
                        .hasMessageContaining("HERD_PLACES_KEY").hasMessageContaining("--places-key-file");
            }
            open(PlacesSource.parse("overpass")).close();
        }

        @Test
        void showsInNoText() {
            ApiKey key = ApiKey.of(KEY, "a test");
            PlacesSource source = PlacesSource.parse("google-legacy")
                    .at(URI.create("http://user:pw@x.example/p?key=" + KEY)).with(key);
            assertThat(List.of(key, source, PlacesSettings.of(source), source.where()).toString()).doesNotContain(KEY)
                    .doesNotContain("pw@");
            assertThat(PlacesAdvice.words(source, PlacesDocument.failure(Status.REQUEST_DENIED, "no")).toString())
                    .doesNotContain(KEY);
        }

        @Test
        void goesUnencryptedOnlyWithAWarning() {
            ApiKey key = ApiKey.of(KEY, "a test");
            open(PlacesSource.parse("google").with(key).at(URI.create("http://127.0.0.1:9/p"))).close();
            assertThat(world.warnings).isEmpty();
            open(PlacesSource.parse("google").with(key).at(URI.create("http://maps.example/p"))).close();
            assertThat(world.warnings).containsExactly("The places key goes unencrypted to http://maps.example/p");
        }

        @Test
        void isNotSentToProvidersThatNeedNone() throws IOException {
            try (FakeUpstream upstream = new FakeUpstream(FakeUpstream.ok(Upstreams.OVERPASS_OK));
                    PlacesProvider provider = Upstreams.open(Upstreams.settings(Kind.OVERPASS, upstream))) {
                Places.answer(provider, QUERY);
                assertThat(upstream.requests().toString()).doesNotContain(KEY);
            }
        }
    }

    @Nested
    class Values {
        @Test
        void outOfRangeAreRefusedInWords() {
            PlacesLimits limits = PlacesLimits.defaultsFor(PlacesSource.parse("google"));
            assertThatThrownBy(() -> limits.withDeadline(Duration.ofMillis(49)))
                    .hasMessage("--places-deadline in milliseconds must be 50 to 60000, not 49");
            assertThatThrownBy(() -> limits.withMaxInFlight(0)).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> limits.withPerSecond(Double.NaN)).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> new CacheSettings(Duration.ofHours(2), 1))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> new BreakerSettings(-1, Duration.ofSeconds(1)))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Nested
    class Advice {
        private String words(String provider, Status status) {
            return String.join(" ",
                    PlacesAdvice.words(PlacesSource.parse(provider), PlacesDocument.failure(status, "?")));
        }

        @Test
        void saysWhatMayBeWrongAndWhoWasAsked() {
            assertThat(words("google", Status.REQUEST_DENIED)).contains("Places API (New)",
                    "Asked: google at https://places.googleapis.com/");
            assertThat(words("google-legacy", Status.REQUEST_DENIED)).contains("use google instead");
            assertThat(words("google", Status.OVER_QUERY_LIMIT)).contains("quota");
            assertThat(words("overpass", Status.OVER_QUERY_LIMIT)).contains("--places-url");
            assertThat(words("overpass", Status.INVALID_REQUEST)).contains("URL");
            assertThat(words("file:/x", Status.UNKNOWN_ERROR)).contains("check the file", "file:/x");
        }

        @Test
        void isNotGivenWhereNothingIsWrong() throws PlacesException {
            PlacesDocument fine = PlacesDocument.of(
                    DocumentScanner
                            .scan("{\"results\":[],\"status\":\"ZERO_RESULTS\"}".getBytes(StandardCharsets.UTF_8)),
                    1);
            assertThat(PlacesAdvice.words(PlacesSource.parse("google"), fine)).isEmpty();
        }
    }

    @Nested
    class AProviderWithADefect {
        @Test
        void costsOneAnswerOnly() {
            PlacesProvider broken = new Upstreams.Embedded() {
                @Override
                public ProviderDocument nearby(PlacesQuery query) throws PlacesException {
                    throw new IllegalStateException("inner words");
                }
            };
            PlacesDocument document = Places.answer(broken, QUERY);
            assertThat(document.status()).isEqualTo("UNKNOWN_ERROR");
            assertThat(Upstreams.text(document)).contains("IllegalStateException").doesNotContain("inner words");
        }
    }
}
