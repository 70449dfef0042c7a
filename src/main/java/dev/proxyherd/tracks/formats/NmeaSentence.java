package dev.proxyherd.tracks.formats;

import dev.proxyherd.foreign.UnusableException;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A sentence of NMEA 0183, from its $ on.
 *
 * @param kind its last three letters, such as {@code RMC} of {@code GNRMC}; empty if its name has another form, as that of a
 *     maker's own sentence has, which begins with P
 * @param fields its name and what follows, split at the commas
 */
record NmeaSentence(String kind, String[] fields) {
    /**
     * What the standard's older versions, which loggers go by, demand a checksum of. Later ones demand it of all, so that one
     * which is there counts in any sentence.
     */
    private static final Set<String> CHECKSUM_DEMANDED = Set.of("RMC", "RMA", "RMB");

    private static final Pattern TIME = Pattern.compile("(\\d{2})(\\d{2})(\\d{2})(?:\\.(\\d{0,9})\\d*)?");

    /** How many fields a sentence has at least, its name included. One without a checksum that has fewer was cut. */
    private static final Map<String, Integer> FIELDS = Map.of("GGA", 15, "GLL", 7, "GNS", 13, "ZDA", 7);

    /**
     * Reads a sentence; what stands behind its checksum is none of it.
     *
     * @param text begins with $
     * @throws UnusableException if it is damaged
     */
    static NmeaSentence parse(String text) throws UnusableException {
        int star = text.indexOf('*');
        String body = text.substring(1, star < 0 ? text.length() : star).strip();
        String[] fields = body.split(",", -1);
        String kind = fields[0].matches("[A-OQ-Z][A-Z]{4}") ? fields[0].substring(2) : "";
        if (star >= 0) {
            String sum = text.substring(star + 1, Math.min(star + 3, text.length()));
            if (!sum.matches("[0-9A-Fa-f]{2}")) {
                throw new UnusableException("that are cut in their checksum");
            }
            if (Integer.parseInt(sum, 16) != checksum(text, star)) {
                throw new UnusableException("with a wrong checksum");
            }
        } else if (CHECKSUM_DEMANDED.contains(kind)) {
            throw new UnusableException("without a checksum");
        } else if (fields.length < FIELDS.getOrDefault(kind, 0)) {
            throw new UnusableException("that are cut and have no checksum");
        }
        return new NmeaSentence(kind, fields);
    }

    /** A field's text; empty if the sentence is too short for it. */
    String field(int number) {
        return number < fields.length ? fields[number].strip() : "";
    }

    /** A time of day, {@code hhmmss} with a fraction of any length. */
    static LocalTime time(String text) throws UnusableException {
        Matcher parts = TIME.matcher(text);
        if (text.isEmpty()) {
            throw UnusableException.declared("without a time");
        }
        try {
            if (parts.matches()) {
                String fraction = parts.group(4) == null ? "" : parts.group(4);
                return LocalTime.of(Integer.parseInt(parts.group(1)), Integer.parseInt(parts.group(2)),
                        Integer.parseInt(parts.group(3)), Integer.parseInt((fraction + "000000000").substring(0, 9)));
            }
        } catch (DateTimeException e) {
            // Said below.
        }
        throw new UnusableException("with a time", text, "times of day are written hhmmss, up to 235959");
    }

    /** Day, month and year as {@code ddmmyy}; 80 to 99 are of the last century. Null where it is left open. */
    static @Nullable LocalDate date(String text) throws UnusableException {
        if (text.isEmpty()) {
            return null;
        }
        try {
            if (text.matches("\\d{6}")) {
                int year = Integer.parseInt(text.substring(4));
                return LocalDate.of(year >= 80 ? 1900 + year : 2000 + year,
                        Integer.parseInt(text.substring(2, 4)), Integer.parseInt(text.substring(0, 2)));
            }
        } catch (DateTimeException e) {
            // Said below.
        }
        throw new UnusableException("with a date", text, "dates are written ddmmyy");
    }

    private static int checksum(String text, int star) {
        int sum = 0;
        for (int i = 1; i < star; i++) {
            sum ^= text.charAt(i);
        }
        return sum;
    }
}
