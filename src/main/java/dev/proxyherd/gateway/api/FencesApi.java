package dev.proxyherd.gateway.api;

import com.google.gson.stream.JsonWriter;
import dev.proxyherd.fences.CrossingKind;
import dev.proxyherd.fences.Fence;
import dev.proxyherd.fences.FenceShape;
import dev.proxyherd.fences.Fences;
import dev.proxyherd.fences.Ring;
import dev.proxyherd.foreign.ClientIds;
import dev.proxyherd.gateway.request.JsonText;
import dev.proxyherd.gateway.request.Parameters;
import dev.proxyherd.gateway.request.Reply;
import dev.proxyherd.gateway.request.Request;
import dev.proxyherd.rights.Rights;
import dev.proxyherd.geo.BoundingBox;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/**
 * {@code GET /api/fences?bbox=&limit=}: the fences whose boxes meet a box, as their file gives them but for their webhooks, which
 * are secret. What has very many positions is thinned, for this is for maps. Whoever may not see all clients is shown the fences that
 * are for all clients, or for some of whom one may be among those that may be seen, and not for whom they are.
 */
public final class FencesApi {
    private static final int DEFAULT_LIMIT = 1_000;
    private static final int MAX_LIMIT = 10_000;

    /** With more positions than that in a ring, only every second, third and so on is shown. */
    private static final int MAX_RING = 2_000;

    /** With so many positions an answer has enough fences. */
    private static final int MAX_POSITIONS = 200_000;

    private final Supplier<Fences> current;

    public FencesApi(Supplier<Fences> current) {
        this.current = current;
    }

    public Reply get(Request request) {
        Parameters parameters = request.parameters();
        parameters.allow(Set.of("bbox", "limit"));
        BoundingBox asked = parameters.box();
        BoundingBox box = asked == null ? BoundingBox.WORLD : asked;
        int limit = parameters.integer("limit", 1, MAX_LIMIT, DEFAULT_LIMIT);
        Fences fences = current.get();
        int[] places = fences.index().within(box.west(), box.south(), box.east(), box.north());
        return Reply.ok(Reply.GEO_JSON, JsonText.document(json -> {
            json.beginObject().name("type").value("FeatureCollection").name("features").beginArray();
            int shown = 0;
            int positions = 0;
            boolean more = false;
            for (int i = 0; i < places.length && !more; i++) {
                Fence fence = fences.areas().get(places[i]).fence();
                boolean seen = isSeen(fence, request.rights());
                more = seen && (shown == limit || positions >= MAX_POSITIONS);
                if (seen && !more) {
                    shown++;
                    positions += Math.min(MAX_RING, fence.shape().positions());
                    write(json, fence, request.rights().seesAll());
                }
            }
            json.endArray().name("more").value(more).endObject();
        }));
    }

    private static boolean isSeen(Fence fence, Rights rights) {
        return rights.seesAll() || fence.clients().isEmpty()
                || fence.clients().stream().anyMatch(rights.see()::couldMeet);
    }

    private static void write(JsonWriter json, Fence fence, boolean whole) throws IOException {
        json.beginObject().name("type").value("Feature").name("id").value(fence.id());
        json.name("geometry").beginObject();
        switch (fence.shape()) {
            case FenceShape.Disc disc -> json.name("type").value("Point").name("coordinates").beginArray()
                    .value(disc.longitude()).value(disc.latitude()).endArray();
            case FenceShape.Areas areas -> {
                json.name("type").value("MultiPolygon").name("coordinates").beginArray();
                for (List<Ring> polygon : areas.polygons()) {
                    json.beginArray();
                    for (Ring ring : polygon) {
                        write(json, ring);
                    }
                    json.endArray();
                }
                json.endArray();
            }
        }
        json.endObject().name("properties").beginObject().name("name").value(fence.name());
        if (fence.shape() instanceof FenceShape.Disc disc) {
            json.name("radius").value(disc.radiusMetres());
        }
        json.name("margin").value(fence.marginMetres()).name("events").beginArray();
        for (CrossingKind kind : CrossingKind.values()) {
            if (fence.events().contains(kind)) {
                json.value(kind.text());
            }
        }
        json.endArray();
        if (whole) {
            json.name("clients").beginArray();
            for (var pattern : fence.clients()) {
                json.value(ClientIds.shown(pattern.text()));
            }
            json.endArray();
        }
        json.endObject().endObject();
    }

    private static void write(JsonWriter json, Ring ring) throws IOException {
        int step = 1 + (ring.size() - 1) / MAX_RING;
        json.beginArray();
        for (int i = 0; i < ring.size() - 1; i += step) {
            position(json, ring, i);
        }
        position(json, ring, ring.size() - 1);
        json.endArray();
    }

    private static void position(JsonWriter json, Ring ring, int i) throws IOException {
        json.beginArray().value(ring.longitude(i)).value(ring.latitude(i)).endArray();
    }
}
