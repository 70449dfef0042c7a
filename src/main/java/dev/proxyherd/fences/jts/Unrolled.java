package dev.proxyherd.fences.jts;

import dev.proxyherd.fences.BadFenceException;
import dev.proxyherd.fences.Ring;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Envelope;
import org.locationtech.jts.geom.GeometryFactory;
import org.locationtech.jts.geom.LinearRing;
import org.locationtech.jts.geom.Polygon;
import org.locationtech.jts.geom.impl.PackedCoordinateSequence;
import org.locationtech.jts.operation.valid.IsValidOp;
import org.locationtech.jts.operation.valid.TopologyValidationError;

/**
 * Lays a polygon of the globe out in the plane. RFC 7946, section 3.1.9, says to cut what crosses ±180°; what is not cut steps
 * there from one side to the other, or goes on beyond 180. So a step of more than half a turn is taken the other way round, but
 * for one of a whole turn, which only an area all round the globe has. Where that leads round the globe, a pole is within.
 */
final class Unrolled {
    private static final GeometryFactory FACTORY = new GeometryFactory();
    private static final int LEAST_POSITIONS = 4;
    private static final double POLE = 90;

    private Unrolled() {
    }

    /**
     * The polygon in the plane, with its westernmost longitude from -180 to less than 180.
     *
     * @throws BadFenceException if it encloses no area
     */
    static Polygon of(List<Ring> rings) throws BadFenceException {
        List<double[]> lines = new ArrayList<>();
        Envelope shell = new Envelope();
        for (int i = 0; i < rings.size(); i++) {
            String what = i == 0 ? "its outer ring" : "its hole " + i;
            double[] line = unrolled(rings.get(i), what, i > 0);
            Envelope box = new Edges(List.of(line)).box();
            if (i == 0) {
                shell = box;
            }
            double within = i == 0 ? 0 : Math.ceil((shell.getMinX() - box.getMinX()) / Boxes.TURN) * Boxes.TURN;
            lines.add(shifted(line, within));
        }
        if (shell.getWidth() > Boxes.TURN) {
            throw new BadFenceException("it reaches more than once round the globe");
        }
        double turns = Math.floor((shell.getMinX() + Boxes.TURN / 2) / Boxes.TURN);
        LinearRing[] parts = lines.stream().map(line -> shifted(line, -turns * Boxes.TURN))
                .map(line -> FACTORY.createLinearRing(new PackedCoordinateSequence.Double(line, 2, 0)))
                .toArray(LinearRing[]::new);
        Polygon polygon = FACTORY.createPolygon(parts[0], Arrays.copyOfRange(parts, 1, parts.length));
        requireValid(polygon);
        return polygon;
    }

    private static double[] unrolled(Ring ring, String what, boolean isHole) throws BadFenceException {
        int last = ring.size() - 1;
        if (last + 1 < LEAST_POSITIONS) {
            throw new BadFenceException(what + " has " + (last + 1)
                    + " positions, and a ring has four at least: the last is the first again");
        }
        if (ring.longitude(0) != ring.longitude(last) || ring.latitude(0) != ring.latitude(last)) {
            throw new BadFenceException(what + " is not closed: its last position must be its first again");
        }
        double[] line = ring.degrees().clone();
        double turns = 0;
        for (int i = 1; i <= last; i++) {
            double step = ring.longitude(i) - ring.longitude(i - 1);
            turns -= Math.abs(step) == Boxes.TURN ? 0 : Math.rint(step / Boxes.TURN);
            line[2 * i] += turns * Boxes.TURN;
        }
        if (turns == 0) {
            // Most cross nothing; the file's own numbers serve these.
            return Arrays.equals(line, ring.degrees()) ? ring.degrees() : line;
        }
        if (isHole || Math.abs(turns) > 1) {
            throw new BadFenceException(
                    what + " goes round the globe; cut it along a meridian, as RFC 7946, section 3.1.9, says");
        }
        return aroundPole(line, what);
    }

    /** Closes a ring that has gone round the globe by a detour to the pole of its hemisphere. */
    private static double[] aroundPole(double[] line, String what) throws BadFenceException {
        Envelope box = new Edges(List.of(line)).box();
        if (box.getMinY() <= 0 && box.getMaxY() >= 0) {
            throw new BadFenceException(
                    what + " goes round the globe across the equator, so that it does not tell which pole is within; "
                            + "cut it along a meridian, as RFC 7946, section 3.1.9, says");
        }
        double pole = box.getMinY() > 0 ? POLE : -POLE;
        double[] closed = Arrays.copyOf(line, line.length + 6);
        int end = line.length;
        closed[end] = line[end - 2];
        closed[end + 1] = pole;
        closed[end + 2] = line[0];
        closed[end + 3] = pole;
        closed[end + 4] = line[0];
        closed[end + 5] = line[1];
        return closed;
    }

    private static double[] shifted(double[] line, double degrees) {
        if (degrees == 0) {
            return line;
        }
        double[] shifted = line.clone();
        for (int i = 0; i < shifted.length; i += 2) {
            shifted[i] += degrees;
        }
        return shifted;
    }

    private static void requireValid(Polygon polygon) throws BadFenceException {
        TopologyValidationError error = new IsValidOp(polygon).getValidationError();
        if (error != null) {
            Coordinate at = error.getCoordinate();
            throw new BadFenceException("its rings enclose no area: "
                    + error.getMessage().toLowerCase(Locale.ROOT)
                    + (at == null ? "" : " at latitude " + at.getY() + ", longitude "
                            + Math.IEEEremainder(at.getX(), Boxes.TURN)));
        }
    }
}
