package dev.proxyherd.log;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/**
 * Writes the time as ISO 8601 in UTC with microseconds, {@code 2026-01-31T23:59:59.123456Z}. The part down to the
 * second is formatted once a second and shared by all threads; a race costs one more formatting and nothing else.
 */
final class Timestamps {
    /** How many bytes a time stamp has. */
    static final int LENGTH = 27;

    private static final int FRACTION_AT = 20;
    private static final int FRACTION_DIGITS = 6;
    private static final DateTimeFormatter TO_SECONDS =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.").withZone(ZoneOffset.UTC);

    private volatile Second latest = Second.of(0);

    private record Second(long epochSecond, byte[] text) {
        static Second of(long epochSecond) {
            return new Second(epochSecond, TrafficLog.bytes(TO_SECONDS.format(Instant.ofEpochSecond(epochSecond))));
        }
    }

    /** Writes a time at {@code at}. */
    void write(Instant now, byte[] to, int at) {
        Second second = latest;
        if (second.epochSecond != now.getEpochSecond()) {
            second = Second.of(now.getEpochSecond());
            latest = second;
        }
        System.arraycopy(second.text, 0, to, at, FRACTION_AT);
        int micros = now.getNano() / 1000;
        for (int i = at + FRACTION_AT + FRACTION_DIGITS - 1; i >= at + FRACTION_AT; i--) {
            to[i] = (byte) ('0' + micros % 10);
            micros /= 10;
        }
        to[at + LENGTH - 1] = 'Z';
    }
}
