package dev.proxyherd.bench;

/**
 * What went wrong, warm-up included.
 *
 * @param invalid requests that were answered {@code ?}
 * @param malformed answers that are none
 * @param refused connections that could not be made
 * @param closed connections that were lost
 * @param unanswered requests that were sent and got no answer
 * @param unsent requests that fell due in an open loop and could not be sent in time
 */
public record BenchErrors(long invalid, long malformed, long refused, long closed, long unanswered, long unsent) {
    public static final BenchErrors NONE = new BenchErrors(0, 0, 0, 0, 0, 0);

    /** How many in all. */
    public long total() {
        return invalid + malformed + refused + closed + unanswered + unsent;
    }

    BenchErrors plus(BenchErrors other) {
        return new BenchErrors(invalid + other.invalid, malformed + other.malformed, refused + other.refused,
                closed + other.closed, unanswered + other.unanswered, unsent + other.unsent);
    }
}
