package dev.proxyherd.status;

/**
 * How a server's clock differs from that of whoever asked it.
 *
 * @param aheadNanos by how much it is ahead, or behind if negative
 * @param errorNanos by how much that may be wrong: half of the time between question and answer
 */
public record ClockReading(long aheadNanos, long errorNanos) {

    /** The server's clock was {@code nowNanos} at some time between question and answer; POSIX nanoseconds. */
    public static ClockReading between(long askedNanos, long answeredNanos, long nowNanos) {
        long error = Math.abs(answeredNanos - askedNanos) / 2;
        return new ClockReading(nowNanos - askedNanos - error, error);
    }
}
