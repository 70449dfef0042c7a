package dev.proxyherd.fences;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;

/** Fences for tests. */
public final class SomeFences {
    private SomeFences() {
    }

    /** For all clients, with both events. */
    public static Fence of(String id, double margin, FenceShape shape) {
        return new Fence(id, "The " + id, List.of(), EnumSet.allOf(CrossingKind.class), margin, null, shape);
    }

    /** @param degrees longitude, latitude and so on; the first position is added at the end */
    public static Ring ring(double... degrees) {
        double[] closed = Arrays.copyOf(degrees, degrees.length + 2);
        closed[degrees.length] = degrees[0];
        closed[degrees.length + 1] = degrees[1];
        return new Ring(closed);
    }

    /** One polygon. */
    public static FenceShape area(Ring... rings) {
        return new FenceShape.Areas(List.of(List.of(rings)));
    }

    /** Several polygons without holes. */
    public static FenceShape areas(Ring... rings) {
        return new FenceShape.Areas(Arrays.stream(rings).map(List::of).toList());
    }

    /** A box. */
    public static FenceShape box(double west, double south, double east, double north) {
        return area(ring(west, south, east, south, east, north, west, north));
    }

    /** A star around a point, whose corners are from a part of the radius to all of it away, in degrees. */
    public static Ring star(Random random, double longitude, double latitude, double radius, int corners) {
        double[] degrees = new double[2 * corners];
        for (int i = 0; i < corners; i++) {
            double angle = 2 * Math.PI * i / corners;
            double reach = radius * (0.2 + 0.8 * random.nextDouble());
            degrees[2 * i] = longitude + reach * Math.cos(angle);
            degrees[2 * i + 1] = Math.clamp(latitude + reach * Math.sin(angle), -90, 90);
        }
        return ring(degrees);
    }

    /** The areas and their index. */
    public static Fences compiled(List<Fence> fences) {
        try {
            FenceGeometry geometry = FenceGeometry.open();
            List<FencedArea> areas = new ArrayList<>();
            for (Fence fence : fences) {
                areas.add(geometry.area(fence));
            }
            return new Fences(areas, geometry.index(areas));
        } catch (IOException | BadFenceException e) {
            throw new AssertionError(e);
        }
    }
}
