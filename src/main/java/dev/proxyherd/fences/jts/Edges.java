package dev.proxyherd.fences.jts;

import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.algorithm.RayCrossingCounter;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.CoordinateXY;
import org.locationtech.jts.geom.Envelope;
import org.locationtech.jts.geom.Location;
import org.locationtech.jts.index.hprtree.HPRtree;

/**
 * The edges of some lines, found by box where there are many. Immutable.
 *
 * <p>An edge runs straight in longitude and latitude. Each line is longitude, latitude, longitude, latitude and so on, in degrees;
 * longitudes may go beyond 180.
 */
final class Edges {
    /** With so few, looking at all is quicker. */
    private static final int FEW = 64;

    private static final int RUN = 16;
    private static final double[] TURNS = {0, Boxes.TURN, -Boxes.TURN, 2 * Boxes.TURN, -2 * Boxes.TURN};

    private final List<double[]> lines;
    private final Envelope box = new Envelope();

    /** Null where there are few. */
    private final @Nullable HPRtree runs;

    /** Some edges of a line that follow each other: from one position to another. */
    private record Run(double[] line, int first, int last) {
        Envelope box() {
            Envelope box = new Envelope();
            for (int i = first; i <= last; i++) {
                box.expandToInclude(line[2 * i], line[2 * i + 1]);
            }
            return box;
        }
    }

    Edges(List<double[]> lines) {
        this.lines = List.copyOf(lines);
        lines.forEach(line -> box.expandToInclude(whole(line).box()));
        this.runs = lines.stream().mapToInt(line -> line.length / 2 - 1).sum() <= FEW ? null : tree(lines);
    }

    private static Run whole(double[] line) {
        return new Run(line, 0, line.length / 2 - 1);
    }

    private static HPRtree tree(List<double[]> lines) {
        HPRtree tree = new HPRtree();
        for (double[] line : lines) {
            int last = line.length / 2 - 1;
            for (int first = 0; first < last; first += RUN) {
                Run run = new Run(line, first, Math.min(first + RUN, last));
                tree.insert(run.box(), run);
            }
        }
        tree.build();
        return tree;
    }

    /** The box around all of them. */
    Envelope box() {
        return box;
    }

    /** Whether a point is within these lines, which must be the rings of one polygon, or on one of them. */
    boolean enclose(double longitude, double latitude) {
        RayCrossingCounter counter = new RayCrossingCounter(new CoordinateXY(longitude, latitude));
        Coordinate from = new CoordinateXY();
        Coordinate to = new CoordinateXY();
        visit(new Envelope(longitude, Double.POSITIVE_INFINITY, latitude, latitude), run -> {
            for (int i = run.first; i < run.last; i++) {
                from.setX(run.line[2 * i]);
                from.setY(run.line[2 * i + 1]);
                to.setX(run.line[2 * i + 2]);
                to.setY(run.line[2 * i + 3]);
                counter.countSegment(from, to);
            }
        });
        return counter.getLocation() != Location.EXTERIOR;
    }

    /** Whether any of them comes so near to a point. */
    boolean areWithin(double metres, double latitude, double longitude) {
        Reach reach = new Reach(latitude, longitude, metres);
        Envelope near = Boxes.around(Boxes.point(latitude, longitude), metres);
        if (Boxes.isAllRound(near)) {
            Envelope allRound = new Envelope(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY, near.getMinY(),
                    near.getMaxY());
            return areWithin(reach, allRound);
        }
        for (double turn : TURNS) {
            Envelope shifted = Boxes.shifted(near, turn);
            if (shifted.intersects(box) && areWithin(reach, shifted)) {
                return true;
            }
        }
        return false;
    }

    private boolean areWithin(Reach reach, Envelope near) {
        boolean[] found = {false};
        visit(near, run -> {
            for (int i = run.first; i < run.last && !found[0]; i++) {
                found[0] = reach.holdsPartOf(run.line, i, near);
            }
        });
        return found[0];
    }

    private void visit(Envelope wanted, Consumer<Run> visitor) {
        if (runs != null) {
            runs.query(wanted, run -> visitor.accept((Run) run));
        } else {
            for (double[] line : lines) {
                visitor.accept(whole(line));
            }
        }
    }
}
