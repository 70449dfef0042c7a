package dev.proxyherd.status;

import java.time.Duration;
import java.util.Locale;

/** How far the clocks of a herd may be apart, and what to say where they are farther. */
public final class Clocks {
    /** Clocks that are kept right differ by milliseconds; while this is not exceeded, expiry and comparisons cope. */
    public static final Duration TOLERANCE = Duration.ofSeconds(5);

    /** What a person is to do. */
    public static final String REPAIR =
            "set whichever is wrong, and let NTP keep both right: by the clock locations expire, "
                    + "and reports are refused as too far ahead";

    private static final double NANOS_PER_SECOND = 1e9;
    private static final double MINUTE = 60;
    private static final double HOUR = 3600;
    private static final double DAY = 86_400;

    private Clocks() {
    }

    /** Whether clocks that are so far apart, in nanoseconds, differ by more than is tolerated. */
    public static boolean differ(long nanos) {
        return Math.abs(nanos) > TOLERANCE.toNanos();
    }

    /** {@code 12.0 s ahead of} or {@code 20783.5 days behind}, for nanoseconds that a clock is ahead, or behind if negative. */
    public static String words(long aheadNanos) {
        double seconds = Math.abs(aheadNanos / NANOS_PER_SECOND);
        String time = seconds < 2 * MINUTE ? words(seconds, 1, "s")
                : seconds < 2 * HOUR ? words(seconds, MINUTE, "min")
                        : seconds < 2 * DAY ? words(seconds, HOUR, "h")
                                : words(seconds, DAY, "days");
        return time + (aheadNanos > 0 ? " ahead of" : " behind");
    }

    private static String words(double seconds, double unit, String name) {
        return String.format(Locale.ROOT, "%.1f %s", seconds / unit, name);
    }
}
