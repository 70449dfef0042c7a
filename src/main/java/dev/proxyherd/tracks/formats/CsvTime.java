package dev.proxyherd.tracks.formats;

import dev.proxyherd.foreign.ForeignTime;
import dev.proxyherd.foreign.UnusableException;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The time of a CSV file's row: in one column, or with the date in another and perhaps the zone in a third. */
final class CsvTime {
    private static final Pattern CLOCK = Pattern.compile("(\\d{1,2}):(\\d{2})(?::(\\d{2}(?:[.,]\\d+)?))?(.*)");
    private static final Pattern DIGITS = Pattern.compile("(\\d{1,6})(\\.\\d+)?");

    /** Perhaps with a midnight behind it, as a spreadsheet writes what is a date only. */
    private static final Pattern DATE =
            Pattern.compile("(\\d{4})([-/.]?)(\\d{1,2})\\2(\\d{1,2})(?:[ T]0?0:00(?::00(?:\\.0+)?)?Z?)?");

    private static final String FORMS = "times are written 2026-05-22T21:37:25Z, 1779485845 or 1779485845000";

    /** Whether six digits are year, month and day: those loggers say it that write a LATITUDE N/S. */
    private final boolean isYearFirst;

    private boolean sawNoZone;

    CsvTime(boolean isYearFirst) {
        this.isYearFirst = isYearFirst;
    }

    /**
     * POSIX seconds.
     *
     * @param time what the column says
     * @param date what the date's column says; null if there is none
     * @param zone what the zone's column says; null if there is none
     */
    BigDecimal parse(String time, @Nullable String date, @Nullable String zone) throws UnusableException {
        if (time.isBlank() || time.strip().matches("(?i)null|none|nan|\\\\n")) {
            throw new UnusableException("without a time");
        }
        if (CsvRows.isRounded(time)) {
            throw new UnusableException("with a time", time, "a spreadsheet has rounded it; " + CsvRows.AS_TEXT);
        }
        String whole = date == null ? time.strip() : joined(date.strip(), time.strip());
        boolean namesNoZone = ForeignTime.namesNoZone(whole);
        BigDecimal found = ForeignTime.parse(whole, namesNoZone && zone != null ? zone(zone.strip()) : ZoneOffset.UTC);
        if (found == null) {
            throw new UnusableException("with a time", whole, whole.matches("\\d{1,2}([./-])\\d{1,2}\\1\\d{2,4}.*")
                    ? "does the day come first, or the month? " + FORMS : CLOCK.matcher(whole).matches()
                            ? "its date is missing; if a column has it, say --columns date=NAME" : FORMS);
        }
        sawNoZone |= namesNoZone && zone == null;
        return found;
    }

    /** Whether there was a time whose zone is nowhere said, and which was read as UTC. */
    boolean sawNoZone() {
        return sawNoZone;
    }

    private String joined(String date, String time) throws UnusableException {
        Matcher clock = CLOCK.matcher(time);
        Matcher digits = DIGITS.matcher(time);
        if (clock.matches()) {
            return day(date) + 'T' + time;
        }
        if (!digits.matches()) {
            return time;
        }
        // A spreadsheet takes the zeros away that a time of day begins with.
        String padded = "0".repeat(6 - digits.group(1).length()) + digits.group(1);
        return day(date) + 'T' + padded.substring(0, 2) + ':' + padded.substring(2, 4) + ':' + padded.substring(4)
                + (digits.group(2) == null ? "" : digits.group(2));
    }

    private String day(String date) throws UnusableException {
        Matcher parts = DATE.matcher(isYearFirst && date.matches("\\d{6}") ? "20" + date : date);
        if (!parts.matches()) {
            throw new UnusableException("with a date", date, "dates are written 2026-05-22");
        }
        return parts.group(1) + '-' + parts.group(3) + '-' + parts.group(4);
    }

    private static ZoneId zone(String text) throws UnusableException {
        try {
            return ZoneId.of(text.isEmpty() ? "Z" : text);
        } catch (DateTimeException e) {
            throw new UnusableException("with a zone", text, "zones are written +02:00 or Europe/Berlin");
        }
    }
}
