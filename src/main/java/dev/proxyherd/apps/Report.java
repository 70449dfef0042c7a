package dev.proxyherd.apps;

import dev.proxyherd.foreign.ClientIds;
import dev.proxyherd.foreign.PlainDecimal;
import dev.proxyherd.protocol.Command;
import dev.proxyherd.protocol.CommandParser;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Where an app says that it was.
 *
 * @param device the name it gives itself, a character for each byte
 * @param latitude degrees
 * @param longitude degrees
 * @param time POSIX seconds
 */
public record Report(String device, BigDecimal latitude, BigDecimal longitude, BigDecimal time) {
    /** A tenth of a micrometre; and what keeps an absurd exponent from becoming an absurd number of zeros. */
    private static final int MAX_DIGITS = 12;

    private static final int MAX_TIME_DIGITS = 9;
    private static final int MAX_EXPONENT = 400;

    /**
     * A number as an app wrote it, with or without an exponent.
     *
     * @throws RefusedReport if it is missing or none
     */
    public static BigDecimal number(String name, @Nullable String text) {
        if (text == null || text.isBlank()) {
            throw RefusedReport.malformed(name + " is missing");
        }
        try {
            BigDecimal value = text.length() > 64 ? null : new BigDecimal(text.strip());
            if (value != null && Math.abs((long) value.scale()) <= MAX_EXPONENT) {
                return value;
            }
        } catch (NumberFormatException e) {
            // Said below.
        }
        throw RefusedReport.malformed(name + ": '" + ClientIds.shortened(text) + "' is no number");
    }

    /** Whether it is where the equator meets the prime meridian, exactly: what trackers send that have no fix. */
    boolean isNullIsland() {
        return latitude.signum() == 0 && longitude.signum() == 0;
    }

    /**
     * The client that it is of.
     *
     * @throws RefusedReport if the device cannot be an ID
     */
    String client() {
        try {
            return ClientIds.fromApp(device);
        } catch (IllegalArgumentException e) {
            throw RefusedReport.malformed(String.valueOf(e.getMessage()));
        }
    }

    /**
     * The line that a client would have sent: plain decimals, both signs.
     *
     * @throws RefusedReport if the device cannot be an ID
     */
    byte[] line() {
        String position = PlainDecimal.signed(latitude, MAX_DIGITS) + PlainDecimal.signed(longitude, MAX_DIGITS);
        String line =
                "IAMAT " + client() + ' ' + position + ' ' + PlainDecimal.of(time, MAX_TIME_DIGITS);
        return line.getBytes(StandardCharsets.ISO_8859_1);
    }

    /** @throws RefusedReport if this is no valid IAMAT: a position or time out of range */
    static Command.IAmAt parse(byte[] line) {
        if (CommandParser.parse(line, 0, line.length) instanceof Command.IAmAt report) {
            return report;
        }
        throw RefusedReport
                .malformed("no valid report: " + ClientIds.shortened(new String(line, StandardCharsets.ISO_8859_1)));
    }
}
