package dev.proxyherd.gateway;

import static dev.proxyherd.gateway.ApiAnswers.ids;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.net.SocketException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** To who may not see a client nothing tells that it exists, and who may see it misses nothing. */
@Timeout(60)
class UnseenClientsTest {
    private static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2026-05-22T21:40:00.5Z"));

    @AutoClose
    private TokenGateway herd;

    @BeforeEach
    void open(@TempDir Path dir) throws IOException {
        herd = new TokenGateway(dir, CLOCK).give("ann", "\"see\":[\"a*\"]").give("all", "\"see\":[\"*\"]");
    }

    private void hear(String client, int seconds) {
        herd.gateway.hear(client + " +34-118 " + seconds);
    }

    private JsonObject page(String name, String query) throws IOException {
        RawHttp.Answer answer = herd.get(name, "/api/clients" + query);
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return JsonParser.parseString(answer.body()).getAsJsonObject();
    }

    private static String cursor(JsonObject page) {
        return page.get("cursor").getAsString();
    }

    @Nested
    class OneThatIsAskedFor {
        @Test
        void isAnsweredAsOneThatNobodyKnowsByEveryMethod() throws IOException {
            // Of one length, which an answer holds and tells.
            hear("exist", 5);
            hear("erase", 5);
            herd.send("all", "DELETE", "/api/clients/erase");
            for (String method : List.of("GET", "HEAD", "DELETE")) {
                for (String tail : List.of("", "/places", "/places?limit=x", "?x=y")) {
                    RawHttp.Answer never = herd.send("ann", method, "/api/clients/never" + tail);
                    for (String client : List.of("exist", "erase")) {
                        RawHttp.Answer answer = herd.send("ann", method, "/api/clients/" + client + tail);
                        assertThat(withoutDate(answer.head())).as(method + tail).isEqualTo(withoutDate(never.head()));
                        assertThat(answer.body().replace(client, "never")).isEqualTo(never.body());
                    }
                }
            }
        }

        private static String withoutDate(String head) {
            return head.replaceAll("(?im)^date:.*$", "");
        }

        @Test
        void isNotEvenLookedUp() throws IOException {
            hear("hidden", 5);
            herd.get("ann", "/api/clients/hidden/places");
            assertThat(herd.get("all", "/metrics").body()).doesNotContain(
                    "herd_places_lookup_duration_seconds_count{outcome=");
        }

        @Test
        void isSeenByItsTokenThoughItWasForgotten() throws IOException {
            herd.give("ops", "\"admin\":true");
            hear("apple", 5);
            herd.send("ops", "DELETE", "/api/clients/apple");
            assertThat(herd.get("ann", "/api/clients/apple").status()).isEqualTo(410);
        }
    }

    @Nested
    class Pages {
        @Test
        void areTheSameWithAndWithoutOthers() throws IOException {
            hear("apple", 5);
            hear("avocado", 5);
            JsonObject alone = page("ann", "?limit=1");
            for (int i = 0; i < 100; i++) {
                hear("other" + i, 5);
            }
            JsonObject among = page("ann", "?limit=1");
            assertThat(among).as("cursor and more included").isEqualTo(alone);
            JsonObject last = page("ann", "?limit=1&cursor=" + cursor(among));
            assertThat(ids(last)).doesNotContainAnyElementsOf(ids(among)).hasSize(1);
            String end = cursor(last);
            hear("other1", 6);
            assertThat(cursor(page("ann", "?cursor=" + end))).as("nothing has changed").isEqualTo(end);
            hear("avocado", 6);
            assertThat(ids(page("ann", "?cursor=" + end))).containsExactly("avocado");
        }

        @Test
        void countOnlyWhatIsSeen() throws IOException {
            hear("other", 5);
            hear("apple", 5);
            assertThat(cursor(page("ann", ""))).as("the first change").endsWith("-1");
        }

        @Test
        void ofAnotherTokenAreNoPlaceToGoOnFrom() throws IOException {
            hear("apple", 5);
            assertThat(herd.get("ann", "/api/clients?cursor=" + cursor(page("all", ""))).status()).isEqualTo(400);
            assertThat(herd.get("all", "/api/clients?cursor=" + cursor(page("ann", ""))).status()).isEqualTo(400);
        }

        @Test
        void areSharedByTokensThatSeeTheSame() throws IOException {
            herd.give("anna", "\"see\":[\"a*\"]");
            hear("apple", 5);
            assertThat(page("anna", "")).isEqualTo(page("ann", ""));
        }

        @Test
        void findAllWhatMayBeSeenWhateverHappensMeanwhile() throws IOException {
            long seed = System.nanoTime();
            Random random = new Random(seed);
            TreeSet<String> seen = new TreeSet<>();
            TreeSet<String> expected = new TreeSet<>();
            String query = "?limit=3";
            for (int i = 0; i < 60; i++) {
                String client = "abcd".charAt(random.nextInt(4)) + "-" + random.nextInt(20);
                hear(client, 10 + i);
                if (client.startsWith("a")) {
                    expected.add(client);
                }
                JsonObject page = page("ann", query);
                seen.addAll(ids(page));
                query = "?limit=3&cursor=" + cursor(page);
            }
            while (seen.addAll(ids(page("ann", query)))) {
                query = "?limit=3&cursor=" + cursor(page("ann", query));
            }
            assertThat(seen).as("seed %d", seed).isEqualTo(expected);
        }
    }

    @Nested
    class Nearness {
        @Test
        void findsTheOneAmongManyThatAreNearer() throws IOException {
            for (int i = 0; i < 500; i++) {
                herd.gateway.hear("other" + i + " +34.0" + (i % 10) + "-118.0" + i + " 5");
            }
            herd.gateway.hear("apple -34+62 5");
            String found = herd.get("ann", "/api/nearby?lat=34&lon=-118&radius=20038&limit=1").body();
            assertThat(ids(JsonParser.parseString(found).getAsJsonObject())).containsExactly("apple");
        }
    }

    @Nested
    class Events {
        @Test
        void tellOfWhatIsSeenOnlyAndNumberItAlone() throws IOException {
            try (Subscriber ann = herd.subscribe("ann", "").begun();
                    Subscriber all = herd.subscribe("all", "").begun()) {
                for (int i = 0; i < 20; i++) {
                    hear("other" + i, 5);
                }
                hear("apple", 5);
                Subscriber.Event event = ann.next();
                assertThat(event.clients()).containsExactly("apple");
                assertThat(event.id()).as("of one change, and no crossing of a fence").endsWith("-1.0");
                List<String> told = new ArrayList<>();
                while (told.size() < 21) {
                    told.addAll(all.next().clients());
                }
                assertThat(told).contains("other1", "apple");
            }
        }

        @Test
        void resumeByTheirOwnNumbersOnly() throws IOException {
            String seen;
            try (Subscriber ann = herd.subscribe("ann", "").begun()) {
                hear("apple", 5);
                seen = ann.next().id();
            }
            hear("other", 5);
            hear("avocado", 5);
            try (Subscriber ann = herd.subscribe("ann", "", "Last-Event-ID: " + seen).begun();
                    Subscriber all = herd.subscribe("all", "", "Last-Event-ID: " + seen).begun()) {
                assertThat(ann.next().clients()).containsExactly("avocado");
                assertThat(all.next().name()).isEqualTo("reset");
            }
        }

        @Test
        void areNotResetByWhatOthersForget() throws IOException {
            herd.give("ops", "\"admin\":true");
            hear("other", 5);
            hear("apple", 5);
            try (Subscriber ann = herd.subscribe("ann", "").begun()) {
                herd.send("ops", "DELETE", "/api/clients/other");
                herd.send("ops", "DELETE", "/api/clients/apple");
                Subscriber.Event event = ann.next();
                assertThat(event.name()).isEqualTo("forgotten");
                assertThat(event.data()).isEqualTo("[\"apple\"]");
            }
        }

        @Test
        void tellWhatHasExpired() throws IOException {
            hear("other", 50);
            hear("apple", 50);
            hear("avocado", 5000);
            try (Subscriber ann = herd.subscribe("ann", "").begun()) {
                herd.gateway.cutoffNanos.set(1_000_000_000_000L);
                assertThat(ann.next().data()).isEqualTo("[\"apple\"]");
            }
            assertThat(ids(page("ann", ""))).containsExactly("avocado");
        }

        @Test
        void tellOfAClientThatIsNew() throws IOException {
            page("ann", "");
            try (Subscriber ann = herd.subscribe("ann", "").begun()) {
                hear("apple", 5);
                hear("apple", 6);
                assertThat(ann.next().clients()).containsExactly("apple");
            }
        }

        @Test
        void endSoonAfterTheTokenWasTakenAway() throws IOException {
            try (Subscriber ann = herd.subscribe("ann", "").begun()) {
                herd.give("ann", null);
                assertThatThrownBy(ann::next).isInstanceOf(SocketException.class);
            }
            try (Subscriber again = herd.subscribe("ann", "")) {
                assertThat(again.in.readLine()).contains(" 401 ");
            }
        }

        @Test
        void endAndBeginAnewWhereTheTokenSeesOtherClients() throws IOException {
            String seen;
            try (Subscriber ann = herd.subscribe("ann", "").begun()) {
                hear("apple", 5);
                seen = ann.next().id();
                herd.give("ann", "\"see\":[\"b*\"]");
                hear("avocado", 5);
                assertThatThrownBy(() -> {
                    while (true) {
                        assertThat(ann.next().clients()).as("of the last moment").containsExactly("avocado");
                    }
                }).isInstanceOf(SocketException.class);
            }
            try (Subscriber ann = herd.subscribe("ann", "", "Last-Event-ID: " + seen).begun()) {
                assertThat(ann.next().name()).isEqualTo("reset");
                hear("banana", 5);
                assertThat(ann.next().clients()).containsExactly("banana");
            }
        }
    }

    @Nested
    class CachesBetween {
        @Test
        void mayKeepNothingOfTheApi() throws IOException {
            hear("apple", 5);
            for (String path : List.of("/api/clients", "/api/clients/apple", "/api/nearby?lat=1&lon=2", "/api/herd")) {
                RawHttp.Answer answer = herd.get("ann", path, "If-None-Match: *");
                assertThat(answer.header("Cache-Control")).as(path).isEqualTo("no-store");
                assertThat(answer.header("ETag")).as(path).isNull();
            }
        }

        @Test
        void doNotSpareShowingAToken() throws IOException {
            String tag = herd.get("ann", "/map.css").header("ETag");
            assertThat(herd.get("ann", "/map.css", "If-None-Match: " + tag).status()).isEqualTo(304);
            assertThat(herd.get("nobody", "/map.css", "If-None-Match: " + tag).status()).isEqualTo(401);
        }
    }
}
