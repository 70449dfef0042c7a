package dev.proxyherd.fences.file;

import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import dev.proxyherd.fences.BadFenceException;
import dev.proxyherd.fences.FenceShape;
import dev.proxyherd.fences.Ring;
import dev.proxyherd.geo.Geo;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the coordinates of one geometry; how deeply they are nested says what it is. A fault in them does not end the reading. */
final class CoordinateReader {
    private static final int POSITION = 1;
    private static final int RING = 2;
    private static final int POLYGON = 3;
    private static final int MULTI_POLYGON = 4;

    /** As far as those may go that lead on beyond ±180°. */
    private static final double FARTHEST = 360;

    /** A quarter of the way round the globe, in metres. */
    private static final int MAX_RADIUS = 10_000_000;

    private static final int SMALLEST = 16;

    private final JsonReader json;
    private final List<List<Ring>> polygons = new ArrayList<>();
    private List<Ring> polygon = new ArrayList<>();
    private double[] ring = new double[SMALLEST];
    private int used;
    private int depth;
    private @Nullable String fault;

    CoordinateReader(JsonReader json) {
        this.json = json;
    }

    /** Reads all of it. */
    void read() throws IOException {
        depth = read(MULTI_POLYGON);
    }

    /**
     * @param left how much deeper it may go
     * @return how deep it has gone
     */
    private int read(int left) throws IOException {
        if (json.peek() != JsonToken.BEGIN_ARRAY || left == 0) {
            fault("coordinates that are not nested as those of a Point, Polygon or MultiPolygon are");
            json.skipValue();
            return 0;
        }
        json.beginArray();
        if (json.peek() == JsonToken.NUMBER) {
            position();
            json.endArray();
            return POSITION;
        }
        int inner = 0;
        boolean isFirst = true;
        while (json.hasNext()) {
            int next = read(left - 1);
            if (!isFirst && next != inner) {
                fault("coordinates that are nested unevenly");
            }
            isFirst = false;
            inner = next;
        }
        json.endArray();
        close(inner + 1);
        return inner + 1;
    }

    private void position() throws IOException {
        double longitude = json.nextDouble();
        double latitude = json.peek() == JsonToken.NUMBER ? json.nextDouble() : Double.NaN;
        while (json.hasNext()) {
            json.skipValue();
        }
        if (!(Math.abs(latitude) <= 90)) {
            fault(Double.isNaN(latitude) ? "a position without a latitude"
                    : "a latitude of " + Geo.plain(latitude) + ", and it ends at 90: the longitude comes first");
        } else if (!(Math.abs(longitude) <= FARTHEST)) {
            fault("a longitude of " + Geo.plain(longitude) + ", and it ends at 180, or 360 in what crosses that");
        }
        if (used == ring.length) {
            ring = Arrays.copyOf(ring, used * 2);
        }
        ring[used++] = longitude;
        ring[used++] = latitude;
    }

    private void close(int level) {
        if (level == RING) {
            polygon.add(new Ring(Arrays.copyOf(ring, used)));
            used = 0;
        } else if (level == POLYGON) {
            polygons.add(polygon);
            polygon = new ArrayList<>();
        }
    }

    private void fault(String text) {
        fault = fault == null ? text : fault;
    }

    /**
     * The shape that it is.
     *
     * @param type as the file says
     * @param radius in metres; null if it says none
     */
    FenceShape shape(@Nullable String type, @Nullable Double radius) throws BadFenceException {
        if (fault != null) {
            throw new BadFenceException("it has " + fault);
        }
        if ("Point".equals(type) && depth == POSITION) {
            return disc(radius);
        }
        if (("Polygon".equals(type) && depth == POLYGON) || ("MultiPolygon".equals(type) && depth == MULTI_POLYGON)) {
            if (radius != null) {
                throw new BadFenceException("it has a radius, which only a Point can have");
            }
            return new FenceShape.Areas(polygons);
        }
        throw new BadFenceException("its geometry is no Polygon, MultiPolygon, or Point with a radius");
    }

    private FenceShape disc(@Nullable Double radius) throws BadFenceException {
        if (radius == null) {
            throw new BadFenceException("its Point has no radius, in metres, among its properties");
        }
        if (!(radius > 0 && radius <= MAX_RADIUS)) {
            throw new BadFenceException("its radius of " + Geo.plain(radius) + " m is not more than 0 and at most "
                    + MAX_RADIUS);
        }
        if (Math.abs(ring[0]) > FARTHEST / 2) {
            throw new BadFenceException("it has a longitude of " + Geo.plain(ring[0]) + ", and it ends at 180");
        }
        return new FenceShape.Disc(ring[1], ring[0], radius);
    }
}
