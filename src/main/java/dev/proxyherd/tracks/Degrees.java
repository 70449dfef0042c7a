package dev.proxyherd.tracks;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.regex.Pattern;

/** Degrees as track files write them. */
final class Degrees {
    private static final Pattern DECIMAL = Pattern.compile("[+-]?(?:\\d{1,3}(?:\\.\\d{0,18})?|\\.\\d{1,18})(?:[eE]-?\\d{1,2})?");
    private static final Pattern NMEA = Pattern.compile("(\\d{1,3})(\\d{2}(?:\\.\\d{1,12})?)");
    private static final BigDecimal MINUTES = new BigDecimal(60);
    private static final int DIGITS = 9;

    private Degrees() {
    }

    /** Decimal degrees; null if it is none. */
    static BigDecimal parse(String text) {
        return text != null && DECIMAL.matcher(text.strip()).matches() ? new BigDecimal(text.strip()) : null;
    }

    /** Degrees and minutes in one number, as in {@code 3404.1358}, and a letter for the side; null if it is none. */
    static BigDecimal nmea(String text, String side, String positive, String negative) {
        var matcher = NMEA.matcher(text);
        if (!matcher.matches() || !side.equals(positive) && !side.equals(negative)) {
            return null;
        }
        BigDecimal degrees = new BigDecimal(matcher.group(1))
                .add(new BigDecimal(matcher.group(2)).divide(MINUTES, DIGITS, RoundingMode.HALF_EVEN));
        return side.equals(negative) ? degrees.negate() : degrees;
    }
}
