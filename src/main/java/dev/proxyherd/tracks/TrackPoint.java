package dev.proxyherd.tracks;

import dev.proxyherd.foreign.PlainDecimal;
import java.math.BigDecimal;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Where a client was, and when.
 *
 * @param client its ID, without white space
 * @param latitude degrees, -90 to 90
 * @param longitude degrees, -180 to 180
 * @param time POSIX seconds; null where the file does not say
 */
public record TrackPoint(String client, BigDecimal latitude, BigDecimal longitude, @Nullable BigDecimal time) {
    private static final int MAX_TIME_DIGITS = 9;
    private static final int MAX_DEGREE_DIGITS = 9;

    /** A tenth of a millimetre; more digits say nothing. */
    static BigDecimal rounded(BigDecimal degrees) {
        return PlainDecimal.rounded(degrees, MAX_DEGREE_DIGITS);
    }

    public TrackPoint at(BigDecimal when) {
        return new TrackPoint(client, latitude, longitude, when);
    }

    /** The time of a point that has one. */
    public BigDecimal knownTime() {
        return Objects.requireNonNull(time, "time");
    }

    /** The command that reports it; only of a point that has a time. */
    public String command() {
        return "IAMAT " + client + ' ' + PlainDecimal.signed(latitude, MAX_DEGREE_DIGITS)
                + PlainDecimal.signed(longitude, MAX_DEGREE_DIGITS) + ' '
                + PlainDecimal.of(knownTime(), MAX_TIME_DIGITS);
    }
}
