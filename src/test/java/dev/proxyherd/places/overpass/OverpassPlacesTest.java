package dev.proxyherd.places.overpass;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.proxyherd.geo.Geo;
import dev.proxyherd.places.FakeUpstream;
import dev.proxyherd.places.PlacesProvider;
import dev.proxyherd.places.PlacesQuery;
import dev.proxyherd.places.Upstreams;
import dev.proxyherd.places.document.PlacesDocument;
import dev.proxyherd.places.setup.Places;
import dev.proxyherd.places.upstream.PlacesSource.Kind;
import java.io.IOException;
import java.net.Socket;
import java.net.URLDecoder;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class OverpassPlacesTest {
    private static final Pattern AROUND = Pattern.compile("\\(around:([\\d.]+),(-?[\\d.]+),(-?[\\d.]+)\\)");
    private static final Pattern LIMIT = Pattern.compile("out center (\\d+);");

    private final List<Node> map = new ArrayList<>();
    private FakeUpstream upstream;
    private PlacesProvider provider;

    private record Node(long id, double latitude, double longitude) {
        double from(PlacesQuery query) {
            return Geo.distance(query.latitude(), query.longitude(), latitude, longitude);
        }
    }

    @BeforeEach
    void start() throws IOException {
        upstream = new FakeUpstream(this::playMap);
        provider = Upstreams.open(Upstreams.settings(Kind.OVERPASS, upstream));
    }

    @AfterEach
    void stop() throws IOException {
        provider.close();
        upstream.close();
    }

    private static String question(FakeUpstream.Request request) {
        assertThat(request.body()).startsWith("data=");
        return URLDecoder.decode(request.body().substring("data=".length()), UTF_8);
    }

    /** Does as an Overpass server does: all in the circle, ordered by id, cut at the limit. */
    private boolean playMap(FakeUpstream.Request request, Socket socket) throws IOException {
        Matcher around = AROUND.matcher(question(request));
        Matcher limit = LIMIT.matcher(question(request));
        assertThat(around.find() && limit.find()).isTrue();
        PlacesQuery circle = new PlacesQuery(Double.parseDouble(around.group(2)), Double.parseDouble(around.group(3)),
                Double.parseDouble(around.group(1)), 0);
        JsonArray elements = new JsonArray();
        map.stream().filter(node -> node.from(circle) <= circle.radiusMetres())
                .sorted(Comparator.comparingLong(Node::id))
                .limit(Long.parseLong(limit.group(1))).forEach(node -> elements.add(JsonParser.parseString("""
                        {"type": "node", "id": %d, "lat": %s, "lon": %s, "tags": {"name": "N%d", "amenity": "cafe"}}"""
                        .formatted(node.id, node.latitude, node.longitude, node.id))));
        JsonObject body = new JsonObject();
        body.add("elements", elements);
        return FakeUpstream.ok(body.toString()).play(request, socket);
    }

    private JsonObject read(PlacesQuery query) {
        return JsonParser.parseString(Upstreams.text(Places.answer(provider, query))).getAsJsonObject();
    }

    private List<String> ids(PlacesQuery query) {
        JsonObject read = read(query);
        assertThat(read.get("error_message")).isNull();
        assertThat(read.get("info_messages")).isNull();
        return ids(read);
    }

    private static String info(JsonObject read) {
        return read.getAsJsonArray("info_messages").get(0).getAsString();
    }

    private static List<String> ids(JsonObject read) {
        List<String> ids = new ArrayList<>();
        for (JsonElement result : read.getAsJsonArray("results")) {
            ids.add(result.getAsJsonObject().get("place_id").getAsString());
        }
        return ids;
    }

    private List<String> nearestByHand(PlacesQuery query) {
        return map.stream().filter(node -> node.from(query) <= Math.max(1, query.radiusMetres()))
                .sorted(Comparator.comparingDouble(node -> node.from(query))).limit(20)
                .map(node -> "osm:node/" + node.id).toList();
    }

    @Test
    void givesTheNearestWhateverTheDensity() {
        for (long seed = 0; seed < 12; seed++) {
            Random random = new Random(seed);
            map.clear();
            double spread = List.of(0.001, 0.01, 0.3, 1.0).get((int) (seed % 4));
            int count = random.nextInt(1, 1_500);
            for (int i = 0; i < count; i++) {
                map.add(new Node(1 + random.nextInt(1_000_000_000), 48 + spread * random.nextGaussian(),
                        11 + spread * random.nextGaussian()));
            }
            PlacesQuery query = new PlacesQuery(48.0001 + seed * 1e-6, 11.0001, random.nextInt(0, 50_001), 20);
            assertThat(ids(query)).as("seed %d", seed).isEqualTo(nearestByHand(query));
        }
    }

    @Test
    void givesTheNearestToAQuietSpotBesideATown() {
        for (long seed = 0; seed < 12; seed++) {
            Random random = new Random(seed);
            PlacesQuery query = quietSpot(random, 1 + random.nextInt(8_000));
            assertThat(ids(query)).as("seed %d", seed).isEqualTo(nearestByHand(query));
        }
    }

    @Test
    void givesThemThoughTheServerNamesTheFarthestFirst() {
        for (long seed = 0; seed < 12; seed++) {
            PlacesQuery query = quietSpot(new Random(seed), 4_000);
            map.sort(Comparator.comparingDouble(node -> -node.from(query)));
            for (int i = 0; i < map.size(); i++) {
                map.set(i, new Node(i + 1, map.get(i).latitude, map.get(i).longitude));
            }
            assertThat(ids(query)).as("seed %d", seed).isEqualTo(nearestByHand(query));
        }
    }

    @Test
    void saysHowFarItKnowsTheNearestWhereTooManyAreBehindThem() {
        pile();
        List<String> near = new ArrayList<>();
        for (int i = 0; i < 7; i++) {
            map.add(new Node(5_000 + i, 48, 11 + i * 0.001));
            near.add("osm:node/" + (5_000 + i));
        }
        JsonObject read = read(new PlacesQuery(48, 11, 50_000, 20));
        assertThat(ids(read)).isEqualTo(near);
        assertThat(info(read)).matches("Only what lies within 2\\d{3} m: there are too many places to ask for .+");
        assertThat(upstream.requests()).hasSize(8);
    }

    @Test
    void saysThatThereMayBeNearerOnesWhereItKnowsNone() {
        pile();
        JsonObject read = read(new PlacesQuery(48, 11, 50_000, 20));
        assertThat(ids(read)).hasSize(20);
        assertThat(info(read)).startsWith("There may be nearer ones: there are too many places");
        assertThat(upstream.requests()).hasSize(8);
    }

    /** Far too many places in two metres, 3 km away, the farthest named first. */
    private void pile() {
        for (int i = 0; i < 2_000; i++) {
            map.add(new Node(2_000 - i, 48.027 + i * 1e-8, 11));
        }
    }

    /** A spot with a few places around it, and a town as far as some kilometres. */
    private PlacesQuery quietSpot(Random random, int places) {
        map.clear();
        for (int i = 0; i < places; i++) {
            double north = i < 5 ? 0.05 * random.nextGaussian() : random.nextDouble(0.03, 0.1);
            double east = i < 5 ? 0.05 * random.nextGaussian() : random.nextDouble(0.05);
            map.add(new Node(1 + random.nextInt(1_000_000_000), 48 + north, 11 + east));
        }
        return new PlacesQuery(48, 11, random.nextInt(9_000, 50_001), 20);
    }

    @Test
    void asksAFewTimesAtMost() {
        assertThat(ids(new PlacesQuery(48, 11, 50_000, 20))).isEmpty();
        assertThat(upstream.requests()).hasSize(5);
        map.add(new Node(1, 48, 11));
        assertThat(ids(new PlacesQuery(48, 11, 100, 20))).hasSize(1);
        assertThat(upstream.requests()).hasSize(6);
        for (int i = 0; i < 2_000; i++) {
            map.add(new Node(i + 2, 48, 11));
        }
        assertThat(ids(new PlacesQuery(48, 11, 50, 20))).hasSize(20);
        assertThat(upstream.requests()).as("all at the very spot").hasSize(7);
    }

    @Test
    void asksInTheQueryLanguageForNamedPlacesAndNamesItself() {
        ids(new PlacesQuery(-33.5, 0.000001, 0, 20));
        FakeUpstream.Request request = upstream.requests().getFirst();
        assertThat(request.line()).isEqualTo("POST /places HTTP/1.1");
        assertThat(request.header("Content-Type")).isEqualTo("application/x-www-form-urlencoded");
        assertThat(request.header("User-Agent")).startsWith("proxyherd");
        assertThat(question(request)).matches("""
                \\[out:json]\\[timeout:(9|10)];
                \\(
                  nwr\\(around:1,-33.5,0.000001\\)\\["name"]\\["amenity"];
                  nwr\\(around:1,-33.5,0.000001\\)\\["name"]\\["shop"];
                  nwr\\(around:1,-33.5,0.000001\\)\\["name"]\\["tourism"];
                  nwr\\(around:1,-33.5,0.000001\\)\\["name"]\\["leisure"];
                \\);
                out center 400;
                """);
    }

    @Test
    void mapsNodesWaysAndRelationsNearestFirst() {
        upstream.always(FakeUpstream.ok("""
                {"elements": [
                  {"type": "node", "id": 9, "lat": 10.002, "lon": 20, "tags": {"name": "Far", "shop": "yes", "amenity": "cafe;bar"}},
                  {"type": "node", "id": 8, "lat": 10, "lon": 20, "tags": {"amenity": "bench"}},
                  {"type": "node", "id": 7, "tags": {"name": "Nowhere", "amenity": "bench"}},
                  {"type": "way", "id": 3, "center": {"lat": 10.0010, "lon": 20.00}, "nodes": [1, 2],
                   "tags": {"name": "Middle", "tourism": "hotel", "addr:housenumber": "5", "addr:street": "Long Row", "addr:city": "Sampleton"}},
                  {"type": "relation", "id": 2, "center": {"lat": 10, "lon": 20}, "tags": {"name": "Near", "leisure": "park", "addr:city": "Sampleton"}}
                ]}"""));
        assertThat(Upstreams.text(Places.answer(provider, new PlacesQuery(10, 20, 150, 20)))).isEqualTo("""
                {
                   "html_attributions" : [
                      "\\u003ca href=\\"https://www.openstreetmap.org/copyright\\"\\u003e© OpenStreetMap contributors\\u003c/a\\u003e, ODbL 1.0"
                   ],
                   "results" : [
                      {
                         "geometry" : {
                            "location" : {
                               "lat" : 10,
                               "lng" : 20
                            }
                         },
                         "name" : "Near",
                         "place_id" : "osm:relation/2",
                         "types" : [ "park" ],
                         "vicinity" : "Sampleton"
                      },
                      {
                         "geometry" : {
                            "location" : {
                               "lat" : 10.0010,
                               "lng" : 20.00
                            }
                         },
                         "name" : "Middle",
                         "place_id" : "osm:way/3",
                         "types" : [ "hotel" ],
                         "vicinity" : "5 Long Row, Sampleton"
                      },
                      {
                         "geometry" : {
                            "location" : {
                               "lat" : 10.002,
                               "lng" : 20
                            }
                         },
                         "name" : "Far",
                         "place_id" : "osm:node/9",
                         "types" : [ "cafe", "bar", "shop" ]
                      }
                   ],
                   "status" : "OK"
                }""");
    }

    @Test
    void aServerThatRanOutIsAFailure() {
        upstream.always(
                FakeUpstream.ok("{\"elements\": [], \"remark\": \"runtime error: Query timed out after 9 seconds.\"}"));
        PlacesDocument document = Places.answer(provider, new PlacesQuery(1, 2, 3, 4));
        assertThat(document.status()).isEqualTo("UNKNOWN_ERROR");
        assertThat(Upstreams.text(document)).contains("did not finish: runtime error: Query timed out");
    }

    @Test
    void aServerThatFailsWhileTheCircleGrowsLeavesWhatIsKnown() {
        upstream.first(FakeUpstream.ok(Upstreams.OVERPASS_OK));
        upstream.always(FakeUpstream.status(429, "", ""));
        JsonObject read = read(new PlacesQuery(34.069, -118.4451, 50_000, 20));
        assertThat(ids(read)).as("the other's centre is 222 m away").containsExactly("osm:node/71");
        assertThat(info(read)).contains("Only what lies within 200 m: Overpass: HTTP status 429");
    }

    @Test
    void aServerThatFailsAfterACutAnswerLeavesWhatWasFound() {
        for (int i = 0; i < 1_000; i++) {
            map.add(new Node(1_000 - i, 48 + i * 1e-6, 11));
        }
        upstream.first(this::playMap);
        upstream.always(FakeUpstream.status(429, "", ""));
        JsonObject read = read(new PlacesQuery(48, 11, 50_000, 20));
        assertThat(ids(read)).hasSize(20);
        assertThat(info(read)).contains("There may be nearer ones: Overpass: HTTP status 429");
    }

    @Test
    void elementsOfAnotherShapeAreLeftOut() {
        upstream.always(FakeUpstream
                .ok("""
                {"elements": [1, null, {}, {"type": 1, "id": "x"}, {"type": "node", "id": 1, "lat": "a", "lon": 2, "tags": {"name": "N"}},
                  {"type": "node", "id": 1, "lat": 1e999, "lon": 2, "tags": {"name": "N"}}, {"type": "way", "id": 2, "center": 5, "tags": []}]}"""));
        assertThat(Places.answer(provider, new PlacesQuery(1, 2, 3, 4)).status()).isEqualTo("ZERO_RESULTS");
    }
}
