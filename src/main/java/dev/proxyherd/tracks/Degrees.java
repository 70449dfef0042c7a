package dev.proxyherd.tracks;

import dev.proxyherd.foreign.ForeignDecimal;
import dev.proxyherd.foreign.UnusableException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Degrees as track files write them. */
public enum Degrees {
    LATITUDE("latitude", 90, 'N', 'S'),
    LONGITUDE("longitude", 180, 'E', 'W');

    private static final Pattern NMEA = Pattern.compile("(\\d{1,3})([0-5]\\d(?:\\.\\d*)?)");
    private static final Pattern SIDED = Pattern.compile("([NSEWnsew]?)([^NSEWnsew]*)([NSEWnsew]?)");
    private static final BigDecimal MINUTES = new BigDecimal(60);
    private static final BigDecimal E7 = new BigDecimal("1e7");
    private static final int DIGITS = 12;

    private final String word;
    private final BigDecimal most;
    private final char positive;
    private final char negative;

    Degrees(String word, int most, char positive, char negative) {
        this.word = word;
        this.most = new BigDecimal(most);
        this.positive = positive;
        this.negative = negative;
    }

    /** Decimal degrees with a sign, as GPX has them; null counts as missing. */
    public BigDecimal signed(@Nullable String text) throws UnusableException {
        String given = given(text);
        BigDecimal degrees = ForeignDecimal.parse(given);
        if (degrees == null) {
            throw new UnusableException("with a " + word, given, given.matches("[+-]?\\d+,\\d+")
                    ? "decimals are written with a point" : "that is no number");
        }
        return inRange(degrees, given);
    }

    /**
     * Decimal degrees, perhaps with a degree sign, and with a letter for the side before or after them.
     *
     * @param side what a column of its own says of the side; null if there is none
     */
    public BigDecimal sided(@Nullable String text, @Nullable String side) throws UnusableException {
        String given = given(text);
        Matcher parts = SIDED.matcher(given);
        if (!parts.matches()) {
            return signed(given);
        }
        BigDecimal degrees = signed(parts.group(2).replace('\u00b0', ' '));
        String own = parts.group(1) + parts.group(3);
        BigDecimal sided = own.isEmpty() ? degrees : onSide(degrees, own, given);
        return side == null ? sided : onSide(sided, side, side);
    }

    /** Whole ten-millionths of a degree, as Google writes them; those that are less than a degree too. */
    public BigDecimal tenMillionths(@Nullable String text) throws UnusableException {
        String given = given(text);
        BigDecimal number = ForeignDecimal.parse(given);
        return number == null ? signed(given) : inRange(number.divide(E7), given);
    }

    /** Degrees and minutes in one number, as in {@code 3404.1358}, and a letter for the side. */
    public BigDecimal minutes(String text, String side) throws UnusableException {
        String given = given(text);
        Matcher parts = NMEA.matcher(given);
        if (!parts.matches()) {
            throw new UnusableException("with a " + word, given, "degrees and minutes are written as in 3404.1358");
        }
        BigDecimal degrees = new BigDecimal(parts.group(1))
                .add(new BigDecimal(parts.group(2)).divide(MINUTES, DIGITS, RoundingMode.HALF_EVEN));
        return inRange(onSide(degrees, side, side), given);
    }

    private String given(@Nullable String text) throws UnusableException {
        if (text == null || text.isBlank() || text.strip().matches("(?i)null|nan|none|n/a|-|\\\\n")) {
            throw new UnusableException("without a " + word);
        }
        return text.strip();
    }

    /** A sign and a letter may both be there, if they agree. */
    private BigDecimal onSide(BigDecimal degrees, String side, String shown) throws UnusableException {
        String named = side.strip().toUpperCase(Locale.ROOT);
        char letter = named.matches("[NSEW]|NORTH|SOUTH|EAST|WEST") ? named.charAt(0) : ' ';
        if (letter != positive && letter != negative) {
            throw new UnusableException("with a side of the " + word, shown,
                    "that is neither " + positive + " nor " + negative);
        }
        if (letter == positive && degrees.signum() < 0) {
            throw new UnusableException("with a negative " + word + " whose side is " + positive);
        }
        return letter == negative ? degrees.abs().negate() : degrees;
    }

    private BigDecimal inRange(BigDecimal degrees, String given) throws UnusableException {
        BigDecimal rounded = TrackPoint.rounded(degrees);
        if (rounded.abs().compareTo(most) > 0) {
            throw new UnusableException("with a " + word, given, "it ends at " + most);
        }
        return rounded;
    }
}
