package dev.proxyherd.geo;

import dev.proxyherd.gateway.index.Tracked;
import java.util.List;
import java.util.function.Consumer;

/**
 * Moving points on the sphere, found by nearness or by bounding box: an octree over the cube around the unit sphere, whose
 * leaves hold a few points each. In space, poles and the date line are places like any other. A point that moves within
 * its leaf's cube costs a comparison, one that leaves it a walk of at most {@value #MAX_DEPTH} steps, however many points
 * there are; leaves split when they fill and melt together when they empty. Guarded by the index's lock.
 */
public final class SphereTree {
    /** A cube of this depth is 20 cm wide; a leaf there takes any number of points. */
    static final int MAX_DEPTH = 26;

    private final SphereNode root = new SphereNode(0, 0, 0, 1, 0);

    /** Puts a new point in, or mends the place of one that has moved. */
    public void place(Tracked point, Runnable move) {
        SphereNode leaf = point.leaf;
        if (leaf == null) {
            move.run();
            insert(point);
            return;
        }
        double oldX = point.x;
        double oldY = point.y;
        double oldZ = point.z;
        move.run();
        if (leaf.holds(point)) {
            return;
        }
        remove(point, oldX, oldY, oldZ);
        insert(point);
    }

    /** Takes a point out. */
    public void remove(Tracked point) {
        remove(point, point.x, point.y, point.z);
    }

    private void insert(Tracked point) {
        SphereNode node = root;
        while (node.children != null) {
            node.total++;
            node = node.childFor(point);
        }
        node.put(point);
    }

    private void remove(Tracked point, double x, double y, double z) {
        SphereNode leaf = point.leaf;
        leaf.take(point);
        SphereNode node = root;
        while (node != leaf) {
            node.total--;
            if (node.meltIfFew()) {
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
     * The nearest points, nearest first; of points at one distance, the client with the smaller ID first.
     *
     * @param maxSquaredChord how far at most
     * @param limit how many at most, 1 or more
     */
    public List<NearestSearch.Found> nearest(double x, double y, double z, double maxSquaredChord, int limit) {
        return new NearestSearch(x, y, z, maxSquaredChord, limit).run(root);
    }

    /** Visits every point in a bounding box, in no order. */
    public void within(BoundingBox box, Consumer<Tracked> visitor) {
        root.within(box, visitor);
    }

    int size() {
        return root.total;
    }
}
