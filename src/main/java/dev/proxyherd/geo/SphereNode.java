package dev.proxyherd.geo;

import java.util.Arrays;
import java.util.function.Consumer;

/** A cube of {@link SphereTree} with either eight children, some of them null, or points. */
final class SphereNode {
    private static final int SPLIT_ABOVE = 32;
    private static final int MERGE_AT = 12;
    private static final int SMALLEST = 4;
    private static final SphereNode[] NO_CHILDREN = {};
    private static final MovingPoint[] NO_POINTS = {};

    /** Keeps a cube from seeming farther, by a last digit, than the points in it. */
    private static final double ROUNDING = 1e-15;

    private final double centreX;
    private final double centreY;
    private final double centreZ;
    private final double half;
    private final int depth;

    /** How many points there are in the cube, at whatever depth. */
    int total;

    /** Empty in a leaf; else there are eight, some of them null. */
    SphereNode[] children = NO_CHILDREN;

    /** The first {@link #total} count; empty where there are children. */
    MovingPoint[] points = new MovingPoint[SMALLEST];

    SphereNode(double centreX, double centreY, double centreZ, double half, int depth) {
        this.centreX = centreX;
        this.centreY = centreY;
        this.centreZ = centreZ;
        this.half = half;
        this.depth = depth;
    }

    boolean isLeaf() {
        return children.length == 0;
    }

    /** Which child a point belongs to. */
    int octant(double x, double y, double z) {
        return (x >= centreX ? 1 : 0) | (y >= centreY ? 2 : 0) | (z >= centreZ ? 4 : 0);
    }

    /** The child that a point belongs to, made if need be. */
    SphereNode childFor(MovingPoint point) {
        int octant = octant(point.x, point.y, point.z);
        if (children[octant] == null) {
            double quarter = half / 2;
            children[octant] = new SphereNode(
                    centreX + ((octant & 1) != 0 ? quarter : -quarter),
                    centreY + ((octant & 2) != 0 ? quarter : -quarter),
                    centreZ + ((octant & 4) != 0 ? quarter : -quarter), quarter, depth + 1);
        }
        return children[octant];
    }

    /** Whether a point that may have moved still belongs here, by the same comparisons that led it here. */
    boolean holds(MovingPoint point) {
        return point.x >= centreX - half && point.x < centreX + half
                && point.y >= centreY - half && point.y < centreY + half
                && point.z >= centreZ - half && point.z < centreZ + half;
    }

    /** Puts a point into this leaf, which splits when it is full. */
    void put(MovingPoint point) {
        append(point);
        splitIfFull();
    }

    private void append(MovingPoint point) {
        if (total == points.length) {
            points = Arrays.copyOf(points, total * 2);
        }
        point.leaf = this;
        point.leafSlot = total;
        points[total++] = point;
    }

    private void splitIfFull() {
        if (total <= SPLIT_ABOVE || depth >= SphereTree.MAX_DEPTH) {
            return;
        }
        MovingPoint[] all = points;
        children = new SphereNode[8];
        points = NO_POINTS;
        for (int i = 0; i < total; i++) {
            childFor(all[i]).append(all[i]);
        }
        for (SphereNode child : children) {
            if (child != null) {
                child.splitIfFull();
            }
        }
    }

    /** Takes a point out of this leaf. */
    void take(MovingPoint point) {
        MovingPoint last = points[--total];
        points[total] = null;
        if (point.leafSlot != total) {
            points[point.leafSlot] = last;
            last.leafSlot = point.leafSlot;
        }
        point.leaf = null;
    }

    /** Makes this a leaf again if its children hold few points; false if they hold more. */
    boolean mergeIfFew() {
        if (total > MERGE_AT) {
            return false;
        }
        SphereNode[] merged = children;
        children = NO_CHILDREN;
        points = new MovingPoint[Math.max(SMALLEST, total)];
        total = 0;
        for (SphereNode child : merged) {
            if (child != null) {
                child.each(this::append);
            }
        }
        return true;
    }

    private void each(Consumer<MovingPoint> visitor) {
        if (isLeaf()) {
            for (int i = 0; i < total; i++) {
                visitor.accept(points[i]);
            }
        } else {
            for (SphereNode child : children) {
                if (child != null) {
                    child.each(visitor);
                }
            }
        }
    }

    /** The squared distance from a point to the nearest of the cube, or a hair less. */
    double squaredDistance(double x, double y, double z) {
        double dx = Math.max(0, Math.abs(x - centreX) - half - ROUNDING);
        double dy = Math.max(0, Math.abs(y - centreY) - half - ROUNDING);
        double dz = Math.max(0, Math.abs(z - centreZ) - half - ROUNDING);
        return Sphere.squared(dx, dy, dz);
    }

    /** Visits every point in a bounding box, in no order. */
    void within(BoundingBox box, Consumer<MovingPoint> visitor) {
        if (total == 0 || !box.mayMeet(centreX, centreY, centreZ, half)) {
            return;
        }
        if (!isLeaf()) {
            for (SphereNode child : children) {
                if (child != null) {
                    child.within(box, visitor);
                }
            }
            return;
        }
        for (int i = 0; i < total; i++) {
            if (box.contains(points[i].latitude(), points[i].longitude())) {
                visitor.accept(points[i]);
            }
        }
    }
}
