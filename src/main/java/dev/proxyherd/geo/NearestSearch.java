package dev.proxyherd.geo;

import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/** One search for the points nearest to a place: looks into the nearest cube first, until none is as near as what it has found. */
final class NearestSearch {
    private static final Comparator<Candidate> NEAREST_FIRST = Comparator.comparingDouble(Candidate::squaredChord)
            .thenComparing(candidate -> candidate.point.id());

    private final double x;
    private final double y;
    private final double z;
    private final int limit;
    private final PriorityQueue<Candidate> best = new PriorityQueue<>(NEAREST_FIRST.reversed());
    private final PriorityQueue<Cube> cubes = new PriorityQueue<>(Comparator.comparingDouble(Cube::squaredDistance));

    /** How far off a point may be to be of interest still. */
    private double reach;

    private record Candidate(MovingPoint point, double squaredChord) {
    }

    private record Cube(SphereNode node, double squaredDistance) {
    }

    /** As for {@link SphereTree#nearest}. */
    NearestSearch(double latitude, double longitude, double radiusMetres, int limit) {
        this.x = Sphere.x(latitude, longitude);
        this.y = Sphere.y(latitude, longitude);
        this.z = Sphere.z(latitude);
        this.reach = Sphere.squaredChord(Sphere.angleWithin(radiusMetres));
        this.limit = limit;
    }

    List<SphereTree.Found<MovingPoint>> run(SphereNode root) {
        cubes.add(new Cube(root, 0));
        for (Cube cube = cubes.poll(); cube != null && cube.squaredDistance <= reach; cube = cubes.poll()) {
            if (cube.node.isLeaf()) {
                offerPoints(cube.node);
            } else {
                addChildren(cube.node.children);
            }
        }
        return best.stream().sorted(NEAREST_FIRST)
                .map(found -> new SphereTree.Found<>(found.point, Sphere.metres(found.squaredChord))).toList();
    }

    private void addChildren(SphereNode[] children) {
        for (SphereNode child : children) {
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
                best.add(new Candidate(leaf.points[i], distance));
                if (best.size() > limit) {
                    best.remove();
                    reach = best.element().squaredChord;
                }
            }
        }
    }
}
