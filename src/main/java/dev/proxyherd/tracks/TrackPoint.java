package dev.proxyherd.tracks;

import dev.proxyherd.foreign.PlainDecimal;
import java.math.BigDecimal;

/**
 * Where a client was, and when.
 *
 * @param client its ID, without white space
 * @param latitude degrees, -90 to 90
 * @param longitude degrees, -180 to 180
 * @param time POSIX seconds; null where the file does not say
 */
public record TrackPoint(String client, BigDecimal latitude, BigDecimal longitude, BigDecimal time) {
    private static final BigDecimal POLE = new BigDecimal(90);
    private static final BigDecimal DATE_LINE = new BigDecimal(180);
    private static final int MAX_TIME_DIGITS = 9;
    private static final int MAX_DEGREE_DIGITS = 9;

    /** Whether the position is on Earth and the time, if there is one, not before 1970. */
    boolean isValid() {
        return latitude.abs().compareTo(POLE) <= 0 && longitude.abs().compareTo(DATE_LINE) <= 0
                && (time == null || time.signum() >= 0);
    }

    TrackPoint at(BigDecimal when) {
        return new TrackPoint(client, latitude, longitude, when);
    }

    /** The command that reports it. */
    String command() {
        return "IAMAT " + client + ' ' + PlainDecimal.signed(latitude, MAX_DEGREE_DIGITS)
                + PlainDecimal.signed(longitude, MAX_DEGREE_DIGITS) + ' ' + PlainDecimal.of(time, MAX_TIME_DIGITS);
    }
}
