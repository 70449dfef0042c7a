package dev.proxyherd.geo;

/**
 * The Earth as a sphere: unit vectors for points, chords for distances. Chord and great circle order alike, and a vector
 * knows neither poles nor a date line (<a href="https://en.wikipedia.org/wiki/N-vector">n-vector</a>).
 */
public final class Sphere {
    /** The mean radius (2a + b) / 3 of the WGS 84 ellipsoid: distances are within 0.6 % of those on the ellipsoid. */
    static final double RADIUS_METRES = 6_371_008.8;

    private Sphere() {
    }

    public static double x(double latitude, double longitude) {
        return Math.cos(Math.toRadians(latitude)) * Math.cos(Math.toRadians(longitude));
    }

    public static double y(double latitude, double longitude) {
        return Math.cos(Math.toRadians(latitude)) * Math.sin(Math.toRadians(longitude));
    }

    public static double z(double latitude) {
        return Math.sin(Math.toRadians(latitude));
    }

    /** The squared chord, on the unit sphere, that spans a great circle distance. */
    public static double squaredChord(double metres) {
        double half = Math.sin(Math.min(Math.PI, metres / RADIUS_METRES) / 2);
        return 4 * half * half;
    }

    /** The great circle distance that a squared chord spans. */
    public static double metres(double squaredChord) {
        return 2 * Math.asin(Math.min(1, Math.sqrt(squaredChord) / 2)) * RADIUS_METRES;
    }
}
