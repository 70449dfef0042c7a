package dev.proxyherd.geo;

import dev.proxyherd.gateway.index.Tracked;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/** One search for the points nearest to a place: looks into the nearest cube first, until none is as near as what it has found. */
public final class NearestSearch {
    private static final Comparator<Found> NEAREST_FIRST = Comparator.comparingDouble(Found::squaredChord)
            .thenComparing(found -> found.point.client());

    private final double x;
    private final double y;
    private final double z;
    private final int limit;
    private final PriorityQueue<Found> best = new PriorityQueue<>(NEAREST_FIRST.reversed());
    private final PriorityQueue<Cube> cubes = new PriorityQueue<>(Comparator.comparingDouble(Cube::squaredDistance));

    /** How far off a point may be to be of interest still. */
    private double reach;

    /** A point that was found, and how far it is. */
    public record Found(Tracked point, double squaredChord) {
    }

    private record Cube(SphereNode node, double squaredDistance) {
    }

    /** As for {@link SphereTree#nearest}. */
    NearestSearch(double x, double y, double z, double maxSquaredChord, int limit) {
        this.x = x;
        this.y = y;
        this.z = z;
        this.reach = maxSquaredChord;
        this.limit = limit;
    }

    List<Found> run(SphereNode root) {
        cubes.add(new Cube(root, 0));
        while (!cubes.isEmpty() && cubes.peek().squaredDistance <= reach) {
            SphereNode node = cubes.remove().node;
            if (node.children == null) {
                offerPoints(node);
            } else {
                addChildren(node);
            }
        }
        return best.stream().sorted(NEAREST_FIRST).toList();
    }

    private void addChildren(SphereNode node) {
        for (SphereNode child : node.children) {
            double distance = child == null ? Double.MAX_VALUE : child.squaredDistance(x, y, z);
            if (distance <= reach) {
                cubes.add(new Cube(child, distance));
            }
        }
    }

    private void offerPoints(SphereNode leaf) {
        for (int i = 0; i < leaf.total; i++) {
            double distance = leaf.points[i].squaredChordTo(x, y, z);
            if (distance <= reach) {
                best.add(new Found(leaf.points[i], distance));
                if (best.size() > limit) {
                    best.remove();
                    reach = best.peek().squaredChord;
                }
            }
        }
    }
}
