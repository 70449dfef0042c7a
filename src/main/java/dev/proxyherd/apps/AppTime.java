package dev.proxyherd.apps;

import dev.proxyherd.foreign.ClientIds;
import dev.proxyherd.foreign.ForeignTime;
import java.math.BigDecimal;
import java.util.regex.Pattern;

/** Times as apps write them. */
public final class AppTime {
    /** A zone behind a time of day: a blank before it was a plus sign that somebody did not escape in a URL. */
    private static final Pattern BLANK_ZONE = Pattern.compile("(:\\d{2}(?:[.,]\\d+)?) (\\d{2}(?::?\\d{2})?)");

    private AppTime() {
    }

    /**
     * POSIX seconds. A blank where a zone's {@code +} should be is one.
     *
     * @throws RefusedReport if the text is no time
     */
    public static BigDecimal parse(String text) {
        String stripped = text.strip();
        BigDecimal time = ForeignTime.parse(
                stripped.indexOf(' ') < 0 ? stripped : BLANK_ZONE.matcher(stripped).replaceFirst("$1+$2"));
        if (time == null) {
            throw RefusedReport.malformed("timestamp: '" + ClientIds.shortened(text)
                    + "' is no time; write POSIX seconds or milliseconds, or 2026-05-22T21:37:25Z");
        }
        return time;
    }
}
