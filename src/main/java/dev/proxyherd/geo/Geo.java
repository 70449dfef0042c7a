package dev.proxyherd.geo;

import java.math.BigDecimal;
import java.math.RoundingMode;

/** Distances on the globe and the spelling of coordinates. */
public final class Geo {
    /** The mean radius (2a + b) / 3 of the WGS 84 ellipsoid: distances are within 0.6 % of those on the ellipsoid. */
    public static final double EARTH_RADIUS_METRES = 6_371_008.8;
    public static final double METRES_PER_KM = 1_000;
    /** A ten-thousandth of a metre; more digits say nothing and some servers refuse them. */
    private static final int FRACTION_DIGITS = 9;

    private Geo() {
    }

    /** Metres between two points along the surface, by the haversine formula; degrees in. */
    public static double distance(double latitude1, double longitude1, double latitude2, double longitude2) {
        double phi1 = Math.toRadians(latitude1);
        double phi2 = Math.toRadians(latitude2);
        double sinLatitude = Math.sin((phi2 - phi1) / 2);
        double sinLongitude = Math.sin(Math.toRadians(longitude2 - longitude1) / 2);
        double h = sinLatitude * sinLatitude + Math.cos(phi1) * Math.cos(phi2) * sinLongitude * sinLongitude;
        return 2 * EARTH_RADIUS_METRES * Math.asin(Math.min(1, Math.sqrt(h)));
    }

    /** A number as plain digits: no exponent, no plus sign, no zeros at the end. */
    public static String plain(double number) {
        BigDecimal exact = BigDecimal.valueOf(number);
        BigDecimal rounded =
                exact.scale() > FRACTION_DIGITS ? exact.setScale(FRACTION_DIGITS, RoundingMode.HALF_EVEN) : exact;
        return rounded.signum() == 0 ? "0" : rounded.stripTrailingZeros().toPlainString();
    }

    /** Whether these are degrees on the globe. */
    public static boolean valid(double latitude, double longitude) {
        return Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180;
    }
}
