package dev.proxyherd.geo;

import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * Moving points on the sphere, found by nearness or by bounding box: an octree over the cube around the unit sphere, whose
 * leaves hold a few points each. In space, poles and the date line are places like any other. A point that moves within
 * its leaf's cube costs a comparison, one that leaves it a walk of at most {@value #MAX_DEPTH} steps, however many points
 * there are; leaves split when they fill and merge when they empty. Whoever owns the tree guards it and its points:
 * any number of threads may search while none changes it.
 *
 * @param <P> what the points are
 */
public final class SphereTree<P extends MovingPoint> {
    /** A cube of this depth is 20 cm wide; a leaf there takes any number of points. */
    static final int MAX_DEPTH = 26;

    private final SphereNode root = new SphereNode(0, 0, 0, 1, 0);

    /** A point that was found, and how far away it is. */
    public record Found<P>(P point, double metres) {
    }

    /**
     * Puts a new point in, or moves one that is there.
     *
     * @param latitude degrees, -90 to 90
     * @param longitude degrees, -180 to 180
     */
    public void place(P point, double latitude, double longitude) {
        SphereNode leaf = point.leaf;
        double oldX = point.x;
        double oldY = point.y;
        double oldZ = point.z;
        point.moveTo(latitude, longitude);
        if (leaf != null) {
            if (leaf.holds(point)) {
                return;
            }
            remove(point, leaf, oldX, oldY, oldZ);
        }
        insert(point);
    }

    /** Takes a point out. */
    public void remove(P point) {
        remove(point, Objects.requireNonNull(point.leaf, "not in the tree"), point.x, point.y, point.z);
    }

    private void insert(MovingPoint point) {
        SphereNode node = root;
        while (!node.isLeaf()) {
            node.total++;
            node = node.childFor(point);
        }
        node.put(point);
    }

    private void remove(MovingPoint point, SphereNode leaf, double x, double y, double z) {
        leaf.take(point);
        SphereNode node = root;
        while (node != leaf) {
            node.total--;
            if (node.mergeIfFew()) {
                return;
            }
            int octant = node.octant(x, y, z);
            SphereNode child = node.children[octant];
            if (child == leaf && leaf.total == 0) {
                node.children[octant] = null;
                return;
            }
            node = child;
        }
    }

    /**
     * The nearest points, nearest first; of points at one distance, the one with the smaller ID first.
     *
     * @param latitude degrees, -90 to 90
     * @param longitude degrees, -180 to 180
     * @param radiusMetres how far at most, along the great circle
     * @param limit how many at most, 1 or more
     */
    @SuppressWarnings("unchecked") // Only a P ever comes in.
    public List<Found<P>> nearest(double latitude, double longitude, double radiusMetres, int limit) {
        return (List<Found<P>>) (List<?>) new NearestSearch(latitude, longitude, radiusMetres, limit).run(root);
    }

    /** Visits every point in a bounding box, in no order. */
    @SuppressWarnings("unchecked") // Only a P ever comes in.
    public void within(BoundingBox box, Consumer<? super P> visitor) {
        root.within(box, (Consumer<MovingPoint>) visitor);
    }

    int size() {
        return root.total;
    }
}
