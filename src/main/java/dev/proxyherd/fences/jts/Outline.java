package dev.proxyherd.fences.jts;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.locationtech.jts.geom.CoordinateSequence;
import org.locationtech.jts.geom.Envelope;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.LineString;
import org.locationtech.jts.geom.LinearRing;
import org.locationtech.jts.geom.Polygon;
import org.locationtech.jts.geom.impl.PackedCoordinateSequence;
import org.locationtech.jts.geom.util.AffineTransformation;
import org.locationtech.jts.geom.util.LinearComponentExtracter;
import org.locationtech.jts.operation.union.UnaryUnionOp;

/**
 * Where an area that several polygons make up ends. Where they meet, as at ±180° where they were cut, it does not; so they are
 * joined first, and where they reach all round the globe, together with copies of them on either side.
 */
final class Outline {
    private Outline() {
    }

    /** The rings of a polygon. */
    static List<double[]> rings(Polygon polygon) {
        List<double[]> rings = new ArrayList<>();
        rings.add(line(polygon.getExteriorRing()));
        for (int i = 0; i < polygon.getNumInteriorRing(); i++) {
            rings.add(line(polygon.getInteriorRingN(i)));
        }
        return rings;
    }

    private static double[] line(LinearRing ring) {
        return ((PackedCoordinateSequence.Double) ring.getCoordinateSequence()).getRawCoordinates();
    }

    /**
     * The outline of all of them together.
     *
     * @param parts the edges of each
     */
    static List<Edges> of(List<Polygon> polygons, List<Edges> parts) {
        Envelope all = new Envelope();
        parts.forEach(part -> all.expandToInclude(part.box()));
        if (parts.size() == 1 && !Boxes.isAllRound(all)) {
            return parts;
        }
        List<Geometry> joined = new ArrayList<>(polygons);
        if (Boxes.isAllRound(all)) {
            polygons.forEach(polygon -> joined.add(moved(polygon, Boxes.TURN)));
            polygons.forEach(polygon -> joined.add(moved(polygon, -Boxes.TURN)));
        }
        Envelope once = new Envelope(all.getMinX(), all.getMinX() + Boxes.TURN, -90, 90);
        List<double[]> lines = new ArrayList<>();
        for (Object ring : LinearComponentExtracter.getLines(UnaryUnionOp.union(joined))) {
            addWithin(once, ((LineString) ring).getCoordinateSequence(), lines);
        }
        return List.of(new Edges(lines));
    }

    private static Geometry moved(Polygon polygon, double degrees) {
        return AffineTransformation.translationInstance(degrees, 0).transform(polygon);
    }

    /** Adds the edges of a ring that touch a box; those beyond are the same again, or ends of copies. */
    private static void addWithin(Envelope box, CoordinateSequence ring, List<double[]> lines) {
        int first = 0;
        for (int i = 0; i + 1 < ring.size(); i++) {
            if (!box.intersects(ring.getCoordinate(i), ring.getCoordinate(i + 1))) {
                add(ring, first, i, lines);
                first = i + 1;
            }
        }
        add(ring, first, ring.size() - 1, lines);
    }

    private static void add(CoordinateSequence ring, int first, int last, List<double[]> lines) {
        if (last > first) {
            lines.add(IntStream.rangeClosed(first, last)
                    .mapToObj(i -> DoubleStream.of(ring.getX(i), ring.getY(i))).flatMapToDouble(xy -> xy).toArray());
        }
    }
}
