package dev.proxyherd.geo;

import java.util.regex.Pattern;

/**
 * A box of latitudes and longitudes as in RFC 7946, section 5: where {@code west > east} it crosses the date line.
 * Its edges belong to it. Degrees, latitudes -90 to 90, longitudes -180 to 180.
 */
public record BoundingBox(double west, double south, double east, double north) {
    public static final BoundingBox WORLD = new BoundingBox(-180, -90, 180, 90);

    /** Covers rounding on the way from degrees to vectors and back. */
    private static final double SLACK_DEGREES = 1e-9;

    private static final double TURN = 360;
    private static final Pattern DECIMAL = Pattern.compile("[+-]?\\d{1,12}(\\.\\d{1,40})?");

    /** How much of what is no number is repeated in a message. */
    private static final int MAX_SHOWN = 64;

    /**
     * Reads {@code west,south,east,north}.
     *
     * @throws IllegalArgumentException if it is none; the message says what to write
     */
    public static BoundingBox parse(String text) {
        String[] parts = text.split(",", -1);
        if (parts.length != 4) {
            throw new IllegalArgumentException(
                    "bbox: write west,south,east,north in degrees, for example -119,33,-117,35");
        }
        BoundingBox box = new BoundingBox(
                degrees(parts[0], 180), degrees(parts[1], 90), degrees(parts[2], 180), degrees(parts[3], 90));
        if (box.south > box.north) {
            throw new IllegalArgumentException(
                    "bbox: south (" + parts[1].strip() + ") is above north (" + parts[3].strip() + ")");
        }
        return box;
    }

    private static double degrees(String text, int limit) {
        double value = DECIMAL.matcher(text.strip()).matches() ? Double.parseDouble(text.strip()) : Double.NaN;
        if (!(Math.abs(value) <= limit)) {
            String shown = text.length() <= MAX_SHOWN ? text : text.substring(0, MAX_SHOWN) + "...";
            throw new IllegalArgumentException(
                    "bbox: '" + shown + "' is no decimal number from -" + limit + " to " + limit);
        }
        return value;
    }

    public boolean contains(double latitude, double longitude) {
        if (latitude < south || latitude > north) {
            return false;
        }
        // The two names of the date line are one place.
        return isBetween(longitude) || (Math.abs(longitude) == 180 && isBetween(-longitude));
    }

    private boolean isBetween(double longitude) {
        return west <= east ? longitude >= west && longitude <= east : longitude >= west || longitude <= east;
    }

    /** Whether some point of the sphere in the box may lie in this cube around a centre; says yes when in doubt. */
    boolean mayMeet(double centreX, double centreY, double centreZ, double half) {
        double lowest = Math.toDegrees(Math.asin(Math.max(-1, centreZ - half)));
        double highest = Math.toDegrees(Math.asin(Math.min(1, centreZ + half)));
        if (highest < south - SLACK_DEGREES || lowest > north + SLACK_DEGREES) {
            return false;
        }
        if (Math.abs(centreX) <= half && Math.abs(centreY) <= half) {
            return true;
        }
        // Seen from the axis the square spans less than half a turn: from its middle the same to the left and right or less.
        double middle = Math.toDegrees(Math.atan2(centreY, centreX));
        double spread = 0;
        for (int corner = 0; corner < 4; corner++) {
            double x = centreX + ((corner & 1) == 0 ? half : -half);
            double y = centreY + ((corner & 2) == 0 ? half : -half);
            spread = Math.max(spread, Math.abs(Math.IEEEremainder(Math.toDegrees(Math.atan2(y, x)) - middle, TURN)));
        }
        return meets(middle - spread - SLACK_DEGREES, 2 * (spread + SLACK_DEGREES));
    }

    /** Whether the arc of longitudes from {@code start} eastwards shares a meridian with this box. */
    private boolean meets(double start, double width) {
        double own = west <= east ? east - west : east - west + TURN;
        return eastwards(start, west) <= width || eastwards(west, start) <= own;
    }

    private static double eastwards(double from, double to) {
        double turn = (to - from) % TURN;
        return turn < 0 ? turn + TURN : turn;
    }
}
