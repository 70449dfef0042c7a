package dev.proxyherd.geo;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * One search for the points nearest to a place: looks into the cube first that the place is in, or would be, then into those beside it, and
 * into none that is farther off than the points it has found. What it has found is so little that inserting into sorted arrays
 * beats any heap.
 */
final class NearestSearch {
    /** Of a cube's eight children: the place's own, those that share a face with it, an edge, a corner. */
    private static final int[] NEAR_FIRST = {0, 1, 2, 4, 3, 5, 6, 7};

    private static final int SMALLEST = 32;

    private final double x;
    private final double y;
    private final double z;
    private final int limit;

    /** What was found, nearest first. */
    private MovingPoint[] points;
    private double[] distances;
    private int size;

    /** How far off a point may be to be of interest still. */
    private double reach;

    /** As for {@link SphereTree#nearest}. */
    NearestSearch(double latitude, double longitude, double radiusMetres, int limit) {
        this.x = Sphere.x(latitude, longitude);
        this.y = Sphere.y(latitude, longitude);
        this.z = Sphere.z(latitude);
        this.reach = Sphere.squaredChord(Sphere.angleWithin(radiusMetres));
        this.limit = limit;
        int room = Math.min(limit, SMALLEST);
        this.points = new MovingPoint[room];
        this.distances = new double[room];
    }

    List<SphereTree.Found<MovingPoint>> run(SphereNode root) {
        look(root);
        List<SphereTree.Found<MovingPoint>> found = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            found.add(new SphereTree.Found<>(points[i], Sphere.metres(distances[i])));
        }
        return found;
    }

    private void look(SphereNode node) {
        if (node.isLeaf()) {
            for (int i = 0; i < node.total; i++) {
                offer(node.points[i], node.points[i].squaredChordTo(x, y, z));
            }
            return;
        }
        int own = node.octant(x, y, z);
        for (int step : NEAR_FIRST) {
            SphereNode child = node.children[own ^ step];
            if (child != null && child.squaredDistance(x, y, z) <= reach) {
                look(child);
            }
        }
    }

    private void offer(MovingPoint point, double distance) {
        if (distance > reach || (size == limit && !isNearer(point, distance, size - 1))) {
            return;
        }
        if (size < limit) {
            makeRoom();
            size++;
        }
        int at = placeFor(point, distance);
        System.arraycopy(points, at, points, at + 1, size - 1 - at);
        System.arraycopy(distances, at, distances, at + 1, size - 1 - at);
        points[at] = point;
        distances[at] = distance;
        if (size == limit) {
            reach = distances[size - 1];
        }
    }

    /** Where it belongs among those found, of which the last is not one. */
    private int placeFor(MovingPoint point, double distance) {
        int low = 0;
        int high = size - 1;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (isNearer(point, distance, middle)) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }

    private void makeRoom() {
        if (size == points.length) {
            int room = Math.min(limit, 2 * size);
            points = Arrays.copyOf(points, room);
            distances = Arrays.copyOf(distances, room);
        }
    }

    /** Whether a point comes before one that was found; of two at one distance, the one with the smaller ID does. */
    private boolean isNearer(MovingPoint point, double distance, int found) {
        return distance < distances[found]
                || (distance == distances[found] && point.id().compareTo(points[found].id()) < 0);
    }
}
