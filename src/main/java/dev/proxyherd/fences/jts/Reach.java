package dev.proxyherd.fences.jts;

import dev.proxyherd.geo.Geo;
import org.locationtech.jts.geom.Envelope;

/**
 * What is within a distance of a point, along the surface.
 *
 * @param latitude degrees
 * @param longitude degrees
 */
record Reach(double latitude, double longitude, double metres) {
    /** How exactly an edge that comes no nearer is told from one that does: a part of the distance, or a centimetre. */
    private static final double EXACT_PART = 1e-3;

    private static final double EXACT_METRES = 0.01;
    private static final double POLE = 90;

    /**
     * Whether it holds any point of an edge. An edge along a pole is none: it is where a plane ends, and not an area.
     *
     * @param edge the position that it begins at
     * @param near the box around this reach: an edge outside of it need not be looked at
     */
    boolean holdsPartOf(double[] line, int edge, Envelope near) {
        double x = line[2 * edge];
        double y = line[2 * edge + 1];
        double toX = line[2 * edge + 2];
        double toY = line[2 * edge + 3];
        boolean isAlongPole = Math.abs(y) == POLE && y == toY;
        return !isAlongPole && Math.max(x, toX) >= near.getMinX() && Math.min(x, toX) <= near.getMaxX()
                && Math.max(y, toY) >= near.getMinY() && Math.min(y, toY) <= near.getMaxY()
                && holdsPartOf(x, y, toX, toY);
    }

    /** No point of a line is farther from its middle than half its length; so it is halved until that decides. */
    private boolean holdsPartOf(double x, double y, double toX, double toY) {
        double middleX = (x + toX) / 2;
        double middleY = (y + toY) / 2;
        double away = Geo.distance(latitude, longitude, middleY, middleX);
        if (away < metres) {
            return true;
        }
        double nearestToEquator = y * toY <= 0 ? 0 : Math.min(Math.abs(y), Math.abs(toY));
        double half = Math.hypot((toX - x) * Math.cos(Math.toRadians(nearestToEquator)), toY - y) / 2
                * Geo.METRES_PER_DEGREE;
        if (away - half >= metres || half <= Math.max(EXACT_METRES, EXACT_PART * metres)) {
            return false;
        }
        return holdsPartOf(x, y, middleX, middleY) || holdsPartOf(middleX, middleY, toX, toY);
    }
}
