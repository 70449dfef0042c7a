package dev.proxyherd.places.upstream;

import java.net.http.HttpHeaders;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import org.jspecify.annotations.Nullable;

/** Reads the header of that name: seconds, or a date. */
final class RetryAfter {
    /** Longer than any deadline; what is asked for beyond it counts as this. */
    private static final Duration MOST = Duration.ofDays(1);
    private static final int MOST_DIGITS = 9;

    private RetryAfter() {
    }

    /**
     * How long the upstream asks to wait; null if it does not ask or is not understood.
     *
     * @see <a href="https://www.rfc-editor.org/rfc/rfc9110#field.retry-after">RFC 9110, 10.2.3</a>
     */
    static @Nullable Duration read(HttpHeaders headers, InstantSource wall) {
        String value = headers.firstValue("Retry-After").map(String::strip).orElse("");
        if (value.matches("\\d+")) {
            return value.length() > MOST_DIGITS ? MOST : bounded(Duration.ofSeconds(Long.parseLong(value)));
        }
        try {
            ZonedDateTime date = ZonedDateTime.parse(value, DateTimeFormatter.RFC_1123_DATE_TIME);
            return bounded(Duration.between(wall.instant(), date));
        } catch (DateTimeParseException notADate) {
            return null;
        }
    }

    private static Duration bounded(Duration asked) {
        return asked.isNegative() ? Duration.ZERO : asked.compareTo(MOST) > 0 ? MOST : asked;
    }
}
