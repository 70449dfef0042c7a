package dev.proxyherd.places;

/**
 * Where the results lie in a document's bytes, so that it can be cut to any number of them without looking at it again.
 *
 * @param keyAt where the key {@code "results"} begins, its quote included
 * @param ends at 0 the position just after the opening bracket, at n that after the n-th result, up to the last or at
 *     least to the {@link PlacesProvider#MAX_RESULTS}-th; shared, not copied: never change it
 * @param found how many results there are, which may be more than that
 * @param end the position after the last result; without any, that just after the bracket
 */
public record ResultSpans(int keyAt, int[] ends, int found, int end) {

    /** How many results a bound keeps. */
    public int kept(int bound) {
        return Math.min(bound, found);
    }

    /**
     * Where the bytes begin that a bound removes; they go to {@link #end}, and there are none if nothing is removed.
     *
     * @param bound 0 to {@link PlacesProvider#MAX_RESULTS}
     */
    public int cutFrom(int bound) {
        return ends[kept(bound)];
    }
}
