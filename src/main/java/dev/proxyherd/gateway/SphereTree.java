package dev.proxyherd.gateway;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.function.Consumer;

/**
 * Moving points on the sphere, found by nearness or by bounding box: an octree over the cube around the unit sphere, whose
 * leaves hold a few points each. In space, poles and the date line are places like any other. A point that moves within
 * its leaf's cube costs a comparison, one that leaves it a walk of at most {@value #MAX_DEPTH} steps, however many points
 * there are; leaves split when they fill and melt together when they empty. Guarded by the feed's lock.
 */
final class SphereTree {
    /** A cube of this depth is 20 cm wide; a leaf there takes any number of points. */
    static final int MAX_DEPTH = 26;

    /** Keeps a cube from seeming farther, by a last digit, than the points in it. */
    private static final double ROUNDING = 1e-15;

    private static final int SPLIT_ABOVE = 32;
    private static final int MELT_AT = 12;

    private final Node root = new Node(0, 0, 0, 1, 0);

    /** A cube with either eight children, some of them null, or points. */
    static final class Node {
        private final double centreX;
        private final double centreY;
        private final double centreZ;
        private final double half;
        private final int depth;
        private int total;
        private Node[] children;
        private Tracked[] points = new Tracked[4];

        private Node(double centreX, double centreY, double centreZ, double half, int depth) {
            this.centreX = centreX;
            this.centreY = centreY;
            this.centreZ = centreZ;
            this.half = half;
            this.depth = depth;
        }

        private int octant(Tracked point) {
            return (point.x >= centreX ? 1 : 0) | (point.y >= centreY ? 2 : 0) | (point.z >= centreZ ? 4 : 0);
        }

        private Node child(int octant) {
            if (children[octant] == null) {
                double quarter = half / 2;
                children[octant] = new Node(
                        centreX + ((octant & 1) != 0 ? quarter : -quarter),
                        centreY + ((octant & 2) != 0 ? quarter : -quarter),
                        centreZ + ((octant & 4) != 0 ? quarter : -quarter), quarter, depth + 1);
            }
            return children[octant];
        }

        /** Whether a point that may have moved still belongs here, by the same comparisons that led it here. */
        private boolean holds(Tracked point) {
            return point.x >= centreX - half && point.x < centreX + half
                    && point.y >= centreY - half && point.y < centreY + half
                    && point.z >= centreZ - half && point.z < centreZ + half;
        }

        private void put(Tracked point) {
            if (total == points.length) {
                points = Arrays.copyOf(points, total * 2);
            }
            point.leaf = this;
            point.leafSlot = total;
            points[total++] = point;
        }

        private void take(Tracked point) {
            Tracked last = points[--total];
            points[total] = null;
            if (last != point) {
                points[point.leafSlot] = last;
                last.leafSlot = point.leafSlot;
            }
            point.leaf = null;
        }

        /** The squared distance from a point to the nearest of the cube, or a hair less. */
        private double squaredDistance(double x, double y, double z) {
            double dx = Math.max(0, Math.abs(x - centreX) - half - ROUNDING);
            double dy = Math.max(0, Math.abs(y - centreY) - half - ROUNDING);
            double dz = Math.max(0, Math.abs(z - centreZ) - half - ROUNDING);
            return dx * dx + dy * dy + dz * dz;
        }

        private void each(Consumer<Tracked> visitor) {
            if (children == null) {
                for (int i = 0; i < total; i++) {
                    visitor.accept(points[i]);
                }
            } else {
                for (Node child : children) {
                    if (child != null) {
                        child.each(visitor);
                    }
                }
            }
        }
    }

    /** A point that was found, and how far it is. */
    record Found(Tracked point, double squaredChord) {
    }

    private record Cube(Node node, double squaredDistance) {
    }

    /** Puts a new point in, or mends the place of one that has moved. */
    void place(Tracked point, Runnable move) {
        Node leaf = point.leaf;
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
    void remove(Tracked point) {
        remove(point, point.x, point.y, point.z);
    }

    private void insert(Tracked point) {
        Node node = root;
        while (node.children != null) {
            node.total++;
            node = node.child(node.octant(point));
        }
        node.put(point);
        if (node.total > SPLIT_ABOVE && node.depth < MAX_DEPTH) {
            split(node);
        }
    }

    private void split(Node node) {
        Tracked[] points = node.points;
        int count = node.total;
        node.children = new Node[8];
        node.points = null;
        for (int i = 0; i < count; i++) {
            node.child(node.octant(points[i])).put(points[i]);
        }
        for (Node child : node.children) {
            if (child != null && child.total > SPLIT_ABOVE && child.depth < MAX_DEPTH) {
                split(child);
            }
        }
    }

    private void remove(Tracked point, double x, double y, double z) {
        Node leaf = point.leaf;
        leaf.take(point);
        Node node = root;
        while (node != leaf) {
            node.total--;
            if (node.total <= MELT_AT) {
                melt(node);
                return;
            }
            int octant = (x >= node.centreX ? 1 : 0) | (y >= node.centreY ? 2 : 0) | (z >= node.centreZ ? 4 : 0);
            Node child = node.children[octant];
            if (child == leaf && leaf.total == 0) {
                node.children[octant] = null;
                return;
            }
            node = child;
        }
    }

    private static void melt(Node node) {
        Tracked[] points = new Tracked[SPLIT_ABOVE];
        int[] count = {0};
        node.each(point -> points[count[0]++] = point);
        node.children = null;
        node.points = new Tracked[Math.max(4, count[0])];
        node.total = 0;
        for (int i = 0; i < count[0]; i++) {
            node.put(points[i]);
        }
    }

    /**
     * The nearest points, nearest first; of points at one distance, the client with the smaller ID first.
     *
     * @param maxSquaredChord how far at most
     * @param limit how many at most, 1 or more
     */
    List<Found> nearest(double x, double y, double z, double maxSquaredChord, int limit) {
        Comparator<Found> order = Comparator.comparingDouble(Found::squaredChord)
                .thenComparing(found -> found.point.client());
        PriorityQueue<Found> best = new PriorityQueue<>(order.reversed());
        PriorityQueue<Cube> cubes = new PriorityQueue<>(Comparator.comparingDouble(Cube::squaredDistance));
        cubes.add(new Cube(root, 0));
        double reach = maxSquaredChord;
        while (!cubes.isEmpty() && cubes.peek().squaredDistance <= reach) {
            Node node = cubes.remove().node;
            if (node.children != null) {
                for (Node child : node.children) {
                    double distance = child == null ? Double.MAX_VALUE : child.squaredDistance(x, y, z);
                    if (distance <= reach) {
                        cubes.add(new Cube(child, distance));
                    }
                }
                continue;
            }
            for (int i = 0; i < node.total; i++) {
                double distance = node.points[i].squaredChordTo(x, y, z);
                if (distance <= reach) {
                    best.add(new Found(node.points[i], distance));
                    if (best.size() > limit) {
                        best.remove();
                        reach = best.peek().squaredChord;
                    }
                }
            }
        }
        return best.stream().sorted(order).toList();
    }

    /** Visits every point in a bounding box, in no order. */
    void within(BoundingBox box, Consumer<Tracked> visitor) {
        within(root, box, visitor);
    }

    private static void within(Node node, BoundingBox box, Consumer<Tracked> visitor) {
        if (node.total == 0 || !box.mayMeet(node.centreX, node.centreY, node.centreZ, node.half)) {
            return;
        }
        if (node.children != null) {
            for (Node child : node.children) {
                if (child != null) {
                    within(child, box, visitor);
                }
            }
            return;
        }
        for (int i = 0; i < node.total; i++) {
            if (box.contains(node.points[i].latitude(), node.points[i].longitude())) {
                visitor.accept(node.points[i]);
            }
        }
    }

    int size() {
        return root.total;
    }
}
