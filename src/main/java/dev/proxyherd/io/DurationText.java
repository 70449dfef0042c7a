package dev.proxyherd.io;

import java.math.BigDecimal;
import java.time.Duration;

/** A limit as messages tell it: {@code 2 s}, {@code 1.5 s}. */
public final class DurationText {
    private DurationText() {
    }

    /** In seconds, with a fraction only where there is one. */
    public static String of(Duration limit) {
        return BigDecimal.valueOf(limit.toMillis(), 3).stripTrailingZeros().toPlainString() + " s";
    }
}
