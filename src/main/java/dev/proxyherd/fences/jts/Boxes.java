package dev.proxyherd.fences.jts;

import dev.proxyherd.geo.Geo;
import java.util.List;
import java.util.stream.IntStream;
import org.locationtech.jts.geom.Envelope;

/** Boxes of longitudes and latitudes on the globe. */
final class Boxes {
    static final double TURN = 360;

    /** Covers rounding; a tenth of a millimetre. */
    private static final double SLACK_DEGREES = 1e-9;

    private Boxes() {
    }

    static Envelope point(double latitude, double longitude) {
        return new Envelope(longitude, longitude, latitude, latitude);
    }

    /** Whether there is something on both sides of ±180°. */
    static boolean isAcross(Envelope box) {
        return box.getMinX() < -TURN / 2 || box.getMaxX() > TURN / 2;
    }

    /**
     * The box around all that is within a distance of a box. Where a pole is within it, it has all longitudes.
     *
     * @param metres 0 or more
     */
    static Envelope around(Envelope box, double metres) {
        double reach = metres / Geo.METRES_PER_DEGREE + SLACK_DEGREES;
        double south = Math.max(-90, box.getMinY() - reach);
        double north = Math.min(90, box.getMaxY() + reach);
        double sideways = TURN;
        if (south > -90 && north < 90) {
            // The meridian that touches the circle touches it nearer to the pole than its centre is.
            double farthest = Math.toRadians(Math.max(Math.abs(box.getMinY()), Math.abs(box.getMaxY())));
            sideways = Math.toDegrees(Math.asin(Math.sin(Math.toRadians(reach)) / Math.cos(farthest))) + SLACK_DEGREES;
        }
        return new Envelope(box.getMinX() - sideways, box.getMaxX() + sideways, south, north);
    }

    /** Whether a box has all longitudes. */
    static boolean isAllRound(Envelope box) {
        return box.getWidth() >= TURN;
    }

    /** The same as boxes that lie within -180 to 180; what touches one of these touches the other, for they are one place. */
    static List<Envelope> cut(Envelope box) {
        Envelope globe = new Envelope(-TURN / 2, TURN / 2, box.getMinY(), box.getMaxY());
        if (isAllRound(box)) {
            return List.of(globe);
        }
        return IntStream.rangeClosed(-2, 2).mapToObj(turns -> shifted(box, turns * TURN))
                .filter(globe::intersects).map(globe::intersection).toList();
    }

    static Envelope shifted(Envelope box, double degrees) {
        return new Envelope(box.getMinX() + degrees, box.getMaxX() + degrees, box.getMinY(), box.getMaxY());
    }
}
