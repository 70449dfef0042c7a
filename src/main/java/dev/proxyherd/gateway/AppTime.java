package dev.proxyherd.gateway;

import dev.proxyherd.foreign.ForeignTime;
import java.math.BigDecimal;

/** Times as apps write them. */
final class AppTime {
    private AppTime() {
    }

    /**
     * POSIX seconds.
     *
     * @throws Problem if the text is no time
     */
    static BigDecimal parse(String text) {
        BigDecimal time = ForeignTime.parse(text);
        if (time == null) {
            throw Problem.bad("timestamp: '" + Parameters.shortened(text)
                    + "' is no time; write POSIX seconds or milliseconds, or 2026-05-22T21:37:25Z");
        }
        return time;
    }
}
