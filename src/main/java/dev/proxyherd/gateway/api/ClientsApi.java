package dev.proxyherd.gateway.api;

import dev.proxyherd.foreign.ClientIds;
import dev.proxyherd.foreign.FeatureJson;
import dev.proxyherd.gateway.index.Changes;
import dev.proxyherd.gateway.index.ClientIndex;
import dev.proxyherd.gateway.index.ClientSource;
import dev.proxyherd.gateway.index.Cursor;
import dev.proxyherd.gateway.index.Feed;
import dev.proxyherd.gateway.index.IndexUnavailableException;
import dev.proxyherd.gateway.request.Parameters;
import dev.proxyherd.gateway.request.PathIds;
import dev.proxyherd.gateway.request.Problem;
import dev.proxyherd.gateway.request.Reply;
import dev.proxyherd.gateway.request.Request;
import dev.proxyherd.geo.BoundingBox;
import dev.proxyherd.geo.Geo;
import dev.proxyherd.protocol.Location;
import dev.proxyherd.rights.Rights;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** {@code /api/clients} and {@code /api/nearby}: where clients are, as GeoJSON. */
public final class ClientsApi {
    private static final int DEFAULT_PAGE = 1_000;
    private static final int MAX_PAGE = 10_000;
    private static final int DEFAULT_NEAR = 20;
    private static final int MAX_NEAR = 1_000;
    private static final double DEFAULT_RADIUS_KM = 50;

    /** Half the way around the Earth: everything is nearer. */
    private static final double MAX_RADIUS_KM = 20_038;

    private static final double MAX_TIME_SECONDS = 9_223_372_035d;

    private final ClientSource source;
    private final Feed feed;
    private final InstantSource clock;

    public ClientsApi(ClientSource source, Feed feed, InstantSource clock) {
        this.source = source;
        this.feed = feed;
        this.clock = clock;
    }

    /**
     * {@code GET /api/clients?bbox=&since=&limit=&cursor=}: a page of clients, those first that have been silent for longest.
     * Its cursor asks for the next page, and after the last page for what has changed meanwhile: a client that reports while somebody
     * turns the pages moves to the last one, and is never missed.
     */
    public Reply list(Request request) {
        Parameters parameters = request.parameters();
        parameters.allow(Set.of("bbox", "since", "limit", "cursor"));
        BoundingBox box = parameters.box();
        double since = parameters.number("since", 0, MAX_TIME_SECONDS, 0);
        int limit = parameters.integer("limit", 1, MAX_PAGE, DEFAULT_PAGE);
        ClientIndex index = index(feed, request.rights());
        Cursor from = cursor(parameters.get("cursor"), index);
        Changes changes = index.after(from.number(), box, since, limit);
        String cursor = new Cursor(index.run(), changes.last(), from.begun()).toString();
        StringBuilder json = head(changes.locations().size());
        FeatureJson.features(json, changes.locations());
        json.append("],\"cursor\":\"").append(cursor).append("\",\"more\":").append(changes.more());
        Reply reply = end(json);
        return changes.more() ? reply.with("Link", next(parameters, cursor)) : reply;
    }

    /**
     * What these rights let see, with all in it that was accepted before this call.
     *
     * @throws Problem with status 503 if it cannot be asked yet, or any more
     */
    static ClientIndex index(Feed feed, Rights rights) {
        try {
            return feed.index(rights);
        } catch (IndexUnavailableException e) {
            throw new Problem(503, Objects.requireNonNull(e.getMessage(), "the index says why"));
        }
    }

    private Cursor cursor(@Nullable String text, ClientIndex index) {
        if (text == null) {
            return new Cursor(index.run(), 0, index.last());
        }
        Cursor cursor = Cursor.parse(text);
        if (cursor != null && !cursor.run().equals(index.run())) {
            throw Problem.bad(
                    "cursor: the server has started anew since it gave this one, or the token is another; begin without a cursor");
        }
        if (cursor == null || cursor.number() > index.last()) {
            throw Problem.bad("cursor: '" + Parameters.shortened(text)
                    + "' is none; take the one that the last page gave");
        }
        return cursor;
    }

    /** The link to the next page (RFC 8288), relative, for a proxy may serve this port under a path of its own. */
    private static String next(Parameters parameters, String cursor) {
        StringBuilder target = new StringBuilder("<clients?cursor=").append(cursor);
        for (String name : List.of("bbox", "since", "limit")) {
            String value = parameters.get(name);
            if (value != null) {
                target.append('&').append(name).append('=').append(ClientIds.encoded(value.strip()));
            }
        }
        return target.append(">; rel=\"next\"").toString();
    }

    /** {@code GET /api/clients/ID}: one client. */
    public Reply one(Request request) {
        StringBuilder json = new StringBuilder();
        FeatureJson.feature(json, find(request));
        return Reply.ok(Reply.GEO_JSON, json.append('\n'));
    }

    /**
     * The client that the path names. Of one that may not be seen nothing is looked up, so that not even the time tells whether
     * there is one.
     *
     * @throws Problem with status 404 if the client is unknown, or may not be seen, and 410 if it was forgotten
     */
    Location find(Request request) {
        String id = PathIds.fromPath(request.part());
        boolean shown = request.rights().maySee(id);
        Location location = shown ? source.find(id) : null;
        if (shown && location == null && source.isForgotten(id)) {
            throw new Problem(410, "the client '" + Parameters.shortened(id) + "' was forgotten");
        }
        if (location == null) {
            throw new Problem(404, "there is no client '" + Parameters.shortened(id) + "'");
        }
        return location;
    }

    /** {@code GET /api/nearby?lat=&lon=&radius=&limit=}: clients, nearest first; the radius is in kilometres. */
    public Reply nearby(Request request) {
        Parameters parameters = request.parameters();
        parameters.allow(Set.of("lat", "lon", "radius", "limit"));
        double latitude = parameters.number("lat", -90, 90);
        double longitude = parameters.number("lon", -180, 180);
        double radius = parameters.number("radius", 0, MAX_RADIUS_KM, DEFAULT_RADIUS_KM);
        int limit = parameters.integer("limit", 1, MAX_NEAR, DEFAULT_NEAR);
        List<ClientIndex.Near> found =
                index(feed, request.rights()).nearest(latitude, longitude, radius * Geo.METRES_PER_KM, limit);
        StringBuilder json = head(found.size());
        for (int i = 0; i < found.size(); i++) {
            if (i > 0) {
                json.append(',');
            }
            FeatureJson.feature(json, found.get(i).location(), found.get(i).metres());
        }
        return end(json.append(']'));
    }

    private static StringBuilder head(int features) {
        return new StringBuilder(64 + features * 360).append("{\"type\":\"FeatureCollection\",\"features\":[");
    }

    private Reply end(StringBuilder json) {
        json.append(",\"now\":");
        FeatureJson.decimal(json, clock.instant().toEpochMilli(), 3);
        json.append("}\n");
        return Reply.ok(Reply.GEO_JSON, json);
    }
}
