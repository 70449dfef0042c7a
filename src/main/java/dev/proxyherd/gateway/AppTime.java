package dev.proxyherd.gateway;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** Times as apps write them: POSIX seconds, POSIX milliseconds, or ISO 8601; without a zone, UTC. */
final class AppTime {
    /** Larger numbers are milliseconds: as seconds this is the year 5138, as milliseconds March 1973. */
    private static final BigDecimal FIRST_MILLIS = new BigDecimal("100000000000");

    private AppTime() {
    }

    /**
     * POSIX seconds.
     *
     * @throws Problem if the text is no time
     */
    static BigDecimal parse(String text) {
        String stripped = text.strip();
        if (!stripped.isEmpty() && stripped.chars().allMatch(c -> c >= '0' && c <= '9' || c == '.')) {
            BigDecimal number = Report.number("timestamp", stripped);
            return number.compareTo(FIRST_MILLIS) >= 0 ? number.movePointLeft(3) : number;
        }
        try {
            return seconds(iso(stripped.replaceFirst(" ", "T")));
        } catch (DateTimeException e) {
            throw Problem.bad("timestamp: '" + Parameters.shortened(text)
                    + "' is no time; write POSIX seconds or milliseconds, or 2026-05-22T21:37:25Z");
        }
    }

    static BigDecimal seconds(Instant instant) {
        return BigDecimal.valueOf(instant.getEpochSecond()).add(BigDecimal.valueOf(instant.getNano(), 9));
    }

    private static Instant iso(String text) {
        if (text.endsWith("Z") || text.matches(".*[+-]\\d{2}:?\\d{2}$")) {
            String zone = text.matches(".*[+-]\\d{4}$") ? text.substring(0, text.length() - 2) + ':'
                    + text.substring(text.length() - 2) : text;
            return OffsetDateTime.parse(zone, DateTimeFormatter.ISO_OFFSET_DATE_TIME).toInstant();
        }
        return LocalDateTime.parse(text, DateTimeFormatter.ISO_LOCAL_DATE_TIME).toInstant(ZoneOffset.UTC);
    }
}
