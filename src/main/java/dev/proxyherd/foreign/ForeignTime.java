package dev.proxyherd.foreign;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.regex.Pattern;

/** Times as others write them: POSIX seconds, POSIX milliseconds, or ISO 8601, which without a zone means UTC. */
public final class ForeignTime {
    /** Larger numbers are milliseconds: as seconds this is the year 5138, as milliseconds March 1973. */
    private static final BigDecimal FIRST_MILLIS = new BigDecimal("100000000000");

    private static final Pattern NUMBER = Pattern.compile("\\d{1,18}(\\.\\d{1,18})?");
    private static final Pattern ZONED = Pattern.compile(".*(Z|[+-]\\d{2}:\\d{2})$");
    private static final Pattern SHORT_ZONE = Pattern.compile("([+-]\\d{2})(\\d{2})$");

    private ForeignTime() {
    }

    /** POSIX seconds, or null if the text is no time. */
    public static BigDecimal parse(String text) {
        String stripped = text.strip();
        if (NUMBER.matcher(stripped).matches()) {
            BigDecimal number = new BigDecimal(stripped);
            return number.compareTo(FIRST_MILLIS) >= 0 ? number.movePointLeft(3) : number;
        }
        try {
            return seconds(instant(stripped));
        } catch (DateTimeException notIso) {
            return null;
        }
    }

    /** A moment as POSIX seconds with nine fraction digits. */
    public static BigDecimal seconds(Instant instant) {
        return BigDecimal.valueOf(instant.getEpochSecond()).add(BigDecimal.valueOf(instant.getNano(), 9));
    }

    /** A moment as POSIX nanoseconds. */
    public static long nanos(Instant instant) {
        return instant.getEpochSecond() * 1_000_000_000L + instant.getNano();
    }

    private static Instant instant(String text) {
        String iso = text.indexOf('T') > 0 ? SHORT_ZONE.matcher(text).replaceFirst("$1:$2") : text.replaceFirst(" ", "T");
        if (ZONED.matcher(iso).matches()) {
            return OffsetDateTime.parse(iso, DateTimeFormatter.ISO_OFFSET_DATE_TIME).toInstant();
        }
        return LocalDateTime.parse(iso, DateTimeFormatter.ISO_LOCAL_DATE_TIME).toInstant(ZoneOffset.UTC);
    }
}
