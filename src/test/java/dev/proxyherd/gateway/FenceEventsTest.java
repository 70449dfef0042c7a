package dev.proxyherd.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.proxyherd.fences.Crossing;
import dev.proxyherd.fences.CrossingKind;
import dev.proxyherd.fences.Fence;
import dev.proxyherd.fences.FenceShape;
import dev.proxyherd.fences.Ring;
import dev.proxyherd.fences.SomeFences;
import dev.proxyherd.store.ClientPattern;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Over HTTP one sees fences, and hears of crossings as the server tells of them. */
class FenceEventsTest {
    private static final Fence YARD =
            new Fence("yard", "The <Yard>", List.of(new ClientPattern("van*")), Set.of(CrossingKind.values()), 5,
                    URI.create("https://example.org/secret"), new FenceShape.Disc(34, -118, 250));

    @AutoClose
    private TestGateway gateway;

    @BeforeEach
    void open(@TempDir Path dir) throws IOException {
        gateway = new TestGateway(dir);
    }

    private Crossing cross(String client, CrossingKind kind, String position) {
        gateway.hear(client + ' ' + position + " 3");
        Crossing crossing = new Crossing(YARD, kind, gateway.store.find(client));
        gateway.cross(crossing);
        return crossing;
    }

    /** The next event of a fence. */
    private static Subscriber.Event nextOfFence(Subscriber subscriber) throws IOException {
        Subscriber.Event event = subscriber.next();
        while (!event.name().equals("fence")) {
            event = subscriber.next();
        }
        return event;
    }

    @Test
    void aCrossingIsAnEventAsSoonAsItIsTold() throws IOException {
        try (Subscriber subscriber = new Subscriber(gateway, "").begun()) {
            Crossing crossing = cross("van", CrossingKind.ENTER, "+34.0-118.0");

            JsonObject feature = JsonParser.parseString(nextOfFence(subscriber).data()).getAsJsonObject();

            assertThat(feature.get("id").getAsString()).isEqualTo(crossing.id());
            assertThat(feature.getAsJsonObject("geometry").toString())
                    .isEqualTo("{\"type\":\"Point\",\"coordinates\":[-118.0,34.0]}");
            assertThat(feature.getAsJsonObject("properties").toString())
                    .isEqualTo(JsonParser.parseString("{\"kind\":\"enter\",\"fence\":\"yard\",\"name\":\"The <Yard>\","
                            + "\"client\":\"van\",\"time\":\"3\",\"server\":\"Alford\"}").toString());
        }
    }

    @Test
    void onlyThoseInTheBoxAreSent() throws IOException {
        try (Subscriber subscriber = new Subscriber(gateway, "?bbox=-119,33,-117,35").begun()) {
            cross("far", CrossingKind.EXIT, "+1+1");
            cross("van", CrossingKind.EXIT, "+34-118");
            assertThat(nextOfFence(subscriber).data()).contains("\"van\"").contains("\"exit\"");
        }
    }

    @Test
    void whoComesAgainIsSentWhatHeHasMissed() throws IOException {
        String seen;
        try (Subscriber subscriber = new Subscriber(gateway, "").begun()) {
            cross("van1", CrossingKind.ENTER, "+34-118");
            seen = nextOfFence(subscriber).id();
        }
        cross("van2", CrossingKind.ENTER, "+34-118");
        cross("van3", CrossingKind.ENTER, "+34-118");
        try (Subscriber subscriber = new Subscriber(gateway, "", "Last-Event-ID: " + seen).begun()) {
            assertThat(nextOfFence(subscriber).data()).contains("\"van2\"");
            assertThat(nextOfFence(subscriber).data()).contains("\"van3\"");
        }
    }

    @Test
    void whoIsFarBehindIsSentTheLastThousand() throws IOException {
        String seen;
        try (Subscriber subscriber = new Subscriber(gateway, "").begun()) {
            cross("van", CrossingKind.ENTER, "+34-118");
            seen = nextOfFence(subscriber).id();
        }
        for (int i = 1; i <= 1_100; i++) {
            cross("van" + i, CrossingKind.ENTER, "+34-118");
        }
        try (Subscriber subscriber = new Subscriber(gateway, "", "Last-Event-ID: " + seen).begun()) {
            for (int i = 1_100 - 1_024 + 1; i <= 1_100; i++) {
                assertThat(nextOfFence(subscriber).data()).contains("\"van" + i + '"');
            }
        }
    }

    private JsonObject fences(String query) throws IOException {
        return JsonParser.parseString(RawHttp.get(gateway.port(), "/api/fences" + query).body()).getAsJsonObject();
    }

    private static List<String> ids(JsonObject collection) {
        return collection.getAsJsonArray("features").asList().stream()
                .map(feature -> feature.getAsJsonObject().get("id").getAsString()).toList();
    }

    @Test
    void fencesAreShownWithoutTheirWebhooks() throws IOException {
        gateway.fences = SomeFences.compiled(List.of(YARD));
        JsonObject all = fences("");
        assertThat(all.toString()).doesNotContain("example.org")
                .contains("\"name\":\"The <Yard>\",\"radius\":250.0,\"margin\":5.0,\"events\":[\"enter\",\"exit\"],"
                        + "\"clients\":[\"van*\"]");
        assertThat(all.get("more").getAsBoolean()).isFalse();
    }

    @Test
    void fencesAreFoundByBoxAlsoAcrossTheDateLine() throws IOException {
        gateway.fences = SomeFences.compiled(List.of(SomeFences.of("a", 0, SomeFences.box(0, 0, 1, 1)),
                SomeFences.of("b", 0, SomeFences.box(179, 0, 180, 1)),
                SomeFences.of("c", 0, SomeFences.box(-179.5, 0, -179, 1))));
        assertThat(ids(fences("?bbox=0.5,0.5,2,2"))).containsExactly("a");
        assertThat(ids(fences("?bbox=179.5,0,-179.4,1"))).containsExactly("b", "c");
        JsonObject some = fences("?limit=2");
        assertThat(ids(some)).containsExactly("a", "b");
        assertThat(some.get("more").getAsBoolean()).isTrue();
    }

    @Test
    void aRingOfVeryManyPositionsIsThinned() throws IOException {
        Ring ring = SomeFences.star(new Random(1), 0, 0, 5, 9_999);
        gateway.fences = SomeFences.compiled(List.of(SomeFences.of("star", 0, SomeFences.area(ring))));
        JsonArray shown = fences("").getAsJsonArray("features").get(0).getAsJsonObject().getAsJsonObject("geometry")
                .getAsJsonArray("coordinates").get(0).getAsJsonArray().get(0).getAsJsonArray();
        assertThat(shown.size()).isBetween(1_500, 2_001);
        assertThat(shown.get(0)).isEqualTo(shown.get(shown.size() - 1));
    }
}
