package dev.proxyherd.places.overpass;

/**
 * The radii to ask a server about one after another, in metres: growing until enough is found, then between a circle
 * that is known whole and one that held too much. For one thread, one lookup.
 */
final class OverpassCircles {
    /** Enough to grow from the first radius to 50 km, with three more to come back from a circle that held too much. */
    static final int MAX_ASKED = 8;

    private static final double FIRST = 200;
    private static final double GROWTH = 4;

    private final double last;
    private double radius;
    private double whole;
    private double tooMuch = Double.POSITIVE_INFINITY;
    private double enough = Double.POSITIVE_INFINITY;
    private int asked;

    /** @param last how far all of it goes; more than 0 */
    OverpassCircles(double last) {
        this.last = last;
    }

    /** Goes on to the next radius; false if nothing more is to be asked. */
    boolean next() {
        if (done() || asked == MAX_ASKED) {
            return false;
        }
        radius = tooMuch < Double.POSITIVE_INFINITY ? between() : Math.min(last, asked == 0 ? FIRST : whole * GROWTH);
        asked++;
        return true;
    }

    /** The radius to ask about now. */
    double radius() {
        return radius;
    }

    /** How far everything is known; 0 if nowhere. */
    double whole() {
        return whole;
    }

    /** Whether everything is known as far as there are enough places, or to the last radius. */
    boolean done() {
        return enough <= whole || whole >= last;
    }

    /**
     * Takes note of the answer about {@link #radius}.
     *
     * @param uncut whether it held all in that circle
     * @param farEnough a distance within which enough places were found in all the answers; infinite if in none
     */
    void answered(boolean uncut, double farEnough) {
        enough = farEnough;
        if (uncut) {
            whole = radius;
        } else {
            tooMuch = radius;
        }
    }

    /**
     * Even a cut answer names enough places to say where a circle is large enough, and that one holds a fraction of
     * what this one did. The mean is for elements numbered by where they are, of which the farthest came first.
     */
    private double between() {
        double mean = whole == 0 ? tooMuch / 2 : Math.sqrt(whole * tooMuch);
        return Math.min(mean, enough);
    }
}
