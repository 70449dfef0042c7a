package dev.proxyherd.foreign;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoField;
import java.time.temporal.TemporalAccessor;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Times as others write them: POSIX seconds, POSIX milliseconds, or ISO 8601, which without a zone means UTC. */
public final class ForeignTime {
    /** Larger numbers are milliseconds: as seconds this is the year 5138, as milliseconds March 1973. */
    private static final BigDecimal FIRST_MILLIS = new BigDecimal("100000000000");

    private static final Pattern NUMBER = Pattern.compile("\\d{1,18}(\\.\\d{1,18})?");
    /** Leniently, the zone is {@code Z}, {@code +01}, {@code +0100} or {@code +01:00}. */
    private static final DateTimeFormatter ISO = new DateTimeFormatterBuilder()
            .append(DateTimeFormatter.ISO_LOCAL_DATE_TIME)
            .optionalStart().parseLenient().appendOffset("+HH", "Z")
            .toFormatter(Locale.ROOT).withResolverStyle(ResolverStyle.STRICT);

    private ForeignTime() {
    }

    /** POSIX seconds, or null if the text is no time. */
    public static @Nullable BigDecimal parse(String text) {
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
        TemporalAccessor time = ISO.parse(text.indexOf('T') > 0 ? text : text.replaceFirst(" ", "T"));
        ZoneOffset zone = time.isSupported(ChronoField.OFFSET_SECONDS) ? ZoneOffset.from(time) : ZoneOffset.UTC;
        return LocalDateTime.from(time).toInstant(zone);
    }
}
