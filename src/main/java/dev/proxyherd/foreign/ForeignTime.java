package dev.proxyherd.foreign;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Times as others write them: POSIX seconds, milliseconds, microseconds or nanoseconds, or ISO 8601 and its relatives
 * (slashes, a blank for the T or before the zone, a fraction of any length), which without a zone mean UTC.
 */
public final class ForeignTime {
    /** Larger numbers are milliseconds: as seconds this is the year 5138, as milliseconds March 1973. */
    private static final BigDecimal FIRST_MILLIS = new BigDecimal("1e11");

    private static final BigDecimal FIRST_MICROS = new BigDecimal("1e14");
    private static final BigDecimal FIRST_NANOS = new BigDecimal("1e17");

    private static final Pattern ISO = Pattern.compile("(\\d{4})([-/]?)(\\d{1,2})\\2(\\d{1,2})(?:[Tt]|\\s+)"
            + "(\\d{1,2}):?(\\d{2})(?::?(\\d{2})(?:[.,](\\d+))?)?\\s*([Zz]|UTC|GMT|[+-]\\d{2}(?::?\\d{2})?)?");

    private ForeignTime() {
    }

    /** POSIX seconds, or null if the text is no time. */
    public static @Nullable BigDecimal parse(String text) {
        return parse(text, ZoneOffset.UTC);
    }

    /**
     * POSIX seconds, or null if the text is no time.
     *
     * @param zone that of a time which names none
     */
    public static @Nullable BigDecimal parse(String text, ZoneId zone) {
        String stripped = text.strip();
        BigDecimal number =
                stripped.startsWith("+") || stripped.startsWith("-") ? null : ForeignDecimal.parse(stripped);
        if (number != null) {
            return number.compareTo(FIRST_NANOS) >= 0 ? number.movePointLeft(9)
                    : number.compareTo(FIRST_MICROS) >= 0 ? number.movePointLeft(6)
                            : number.compareTo(FIRST_MILLIS) >= 0 ? number.movePointLeft(3) : number;
        }
        Matcher iso = ISO.matcher(stripped);
        try {
            return iso.matches() ? seconds(iso, zone) : null;
        } catch (DateTimeException outOfRange) {
            return null;
        }
    }

    /** Whether it is a date and a time of day that leave open where on Earth that is. */
    public static boolean namesNoZone(String text) {
        Matcher iso = ISO.matcher(text.strip());
        return iso.matches() && iso.group(9) == null;
    }

    /** A moment as POSIX seconds with nine fraction digits. */
    public static BigDecimal seconds(Instant instant) {
        return BigDecimal.valueOf(instant.getEpochSecond()).add(BigDecimal.valueOf(instant.getNano(), 9));
    }

    private static BigDecimal seconds(Matcher iso, ZoneId otherwise) {
        LocalDateTime time =
                LocalDateTime.of(number(iso, 1), number(iso, 3), number(iso, 4), number(iso, 5), number(iso, 6),
                        iso.group(7) == null ? 0 : number(iso, 7));
        String named = iso.group(9);
        ZoneId zone = named == null ? otherwise
                : Character.isLetter(named.charAt(0)) ? ZoneOffset.UTC : ZoneOffset.of(named);
        BigDecimal whole = seconds(time.atZone(zone).toInstant());
        BigDecimal fraction = iso.group(8) == null ? null : ForeignDecimal.parse('.' + iso.group(8));
        return fraction == null ? whole : whole.add(PlainDecimal.rounded(fraction, 9));
    }

    private static int number(Matcher iso, int group) {
        return Integer.parseInt(iso.group(group));
    }
}
