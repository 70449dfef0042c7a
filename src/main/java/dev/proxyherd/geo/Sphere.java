package dev.proxyherd.geo;

/**
 * The Earth as a sphere: unit vectors for points, chords for distances. Chord and great circle order alike, the chord needs
 * no trigonometry, and a vector knows neither poles nor a date line
 * (<a href="https://en.wikipedia.org/wiki/N-vector">n-vector</a>). Latitudes and longitudes in degrees.
 */
final class Sphere {
    /** Added to a radius, it covers rounding: radius 0 finds what is at the point, even at a pole or at ±180°. */
    private static final double SLACK_METRES = 0.001;

    private Sphere() {
    }

    static double x(double latitude, double longitude) {
        return Math.cos(Math.toRadians(latitude)) * Math.cos(Math.toRadians(longitude));
    }

    static double y(double latitude, double longitude) {
        return Math.cos(Math.toRadians(latitude)) * Math.sin(Math.toRadians(longitude));
    }

    static double z(double latitude) {
        return Math.sin(Math.toRadians(latitude));
    }

    /** The square of a vector's length. */
    static double squared(double dx, double dy, double dz) {
        return dx * dx + dy * dy + dz * dz;
    }

    /** The angle, at the centre, of all that is within so many metres, a hair more. */
    static double angleWithin(double metres) {
        return Math.min(Math.PI, (metres + SLACK_METRES) / Geo.EARTH_RADIUS_METRES);
    }

    /** The squared chord that spans an angle at the centre. */
    static double squaredChord(double angle) {
        double half = Math.sin(angle / 2);
        return 4 * half * half;
    }

    /** The great circle distance that a squared chord spans. */
    static double metres(double squaredChord) {
        return 2 * Math.asin(Math.min(1, Math.sqrt(squaredChord) / 2)) * Geo.EARTH_RADIUS_METRES;
    }
}
