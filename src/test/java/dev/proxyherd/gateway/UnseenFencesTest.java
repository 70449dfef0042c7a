package dev.proxyherd.gateway;

import static dev.proxyherd.gateway.ApiAnswers.ids;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonParser;
import dev.proxyherd.fences.Crossing;
import dev.proxyherd.fences.CrossingKind;
import dev.proxyherd.fences.Fence;
import dev.proxyherd.fences.FenceShape;
import dev.proxyherd.fences.SomeFences;
import dev.proxyherd.store.ClientPattern;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Fences, and who crosses them, for who may see some clients. */
@Timeout(60)
class UnseenFencesTest {
    private static final Fence ALL = fence("all");
    private static final Fence PHONES = fence("phones", "*/phone");
    private static final Fence EVES = fence("eves", "eve/*");

    @AutoClose
    private TokenGateway herd;

    @BeforeEach
    void open(@TempDir Path dir) throws IOException {
        herd = new TokenGateway(dir).give("ann", "\"see\":[\"ann/*\"]").give("all", "\"see\":[\"*\"]");
        herd.gateway.fences = SomeFences.compiled(List.of(ALL, PHONES, EVES));
    }

    private static Fence fence(String id, String... clients) {
        return new Fence(id, id, Stream.of(clients).map(ClientPattern::new).toList(), Set.of(CrossingKind.values()), 0,
                null, new FenceShape.Disc(34, -118, 250));
    }

    private void cross(String client) {
        herd.gateway.hear(client + " +34-118 3");
        herd.gateway.cross(new Crossing(ALL, CrossingKind.ENTER, herd.gateway.store.find(client)));
    }

    private static Subscriber.Event nextOfFence(Subscriber subscriber) throws IOException {
        Subscriber.Event event = subscriber.next();
        while (!event.name().equals("fence")) {
            event = subscriber.next();
        }
        return event;
    }

    @Test
    void areShownWhereTheyMayBeForClientsThatAreSeenAndNotForWhom() throws IOException {
        String part = herd.get("ann", "/api/fences").body();
        assertThat(ids(JsonParser.parseString(part).getAsJsonObject())).containsExactlyInAnyOrder("all", "phones");
        assertThat(part).doesNotContain("clients", "phone\"", "eves").contains("\"more\":false");
        assertThat(herd.get("ann", "/api/fences?limit=2").body()).as("there is no third one").contains("\"more\":false");
        String whole = herd.get("all", "/api/fences").body();
        assertThat(ids(JsonParser.parseString(whole).getAsJsonObject())).hasSize(3);
        assertThat(whole).contains("\"clients\":[\"*/phone\"]");
    }

    @Test
    void tellOfSeenClientsOnlyAndNumberTheseAlone() throws IOException {
        try (Subscriber ann = herd.subscribe("ann", "").begun(); Subscriber all = herd.subscribe("all", "").begun()) {
            cross("eve/phone");
            cross("eve/watch");
            cross("ann/phone");
            Subscriber.Event event = nextOfFence(ann);
            assertThat(event.data()).contains("\"client\":\"ann/phone\"");
            assertThat(event.id()).endsWith(".1");
            assertThat(nextOfFence(all).data()).contains("\"client\":\"eve/phone\"");
        }
    }

    @Test
    void tellWhoComesAgainWhatWasMissedOfSeenClients() throws IOException {
        String seen;
        try (Subscriber ann = herd.subscribe("ann", "").begun()) {
            cross("ann/phone");
            seen = nextOfFence(ann).id();
        }
        cross("eve/phone");
        cross("ann/watch");
        try (Subscriber ann = herd.subscribe("ann", "", "Last-Event-ID: " + seen).begun()) {
            assertThat(nextOfFence(ann).data()).contains("\"client\":\"ann/watch\"");
        }
    }
}
