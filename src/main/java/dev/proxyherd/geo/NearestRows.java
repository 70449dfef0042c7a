package dev.proxyherd.geo;

import java.util.Arrays;

/**
 * The few nearest of all rows offered, nearest first; of two at one distance, the one offered first. The array is so small
 * that inserting into a sorted array beats any heap. For one thread, one search.
 */
final class NearestRows {
    private final int[] rows;
    private final double[] distances;
    private int size;
    private double limit;

    /**
     * @param bound how many to keep, at least 1
     * @param limit the greatest distance that counts, in whatever measure is then offered
     */
    NearestRows(int bound, double limit) {
        rows = new int[bound];
        distances = new double[bound];
        // An exclusive limit, for what is as far as the farthest of a full array comes too late.
        this.limit = Math.nextUp(limit);
    }

    void offer(int row, double distance) {
        if (distance >= limit) {
            return;
        }
        int at = size < rows.length ? size++ : size - 1;
        for (; at > 0 && distances[at - 1] > distance; at--) {
            rows[at] = rows[at - 1];
            distances[at] = distances[at - 1];
        }
        rows[at] = row;
        distances[at] = distance;
        if (size == rows.length) {
            limit = distances[size - 1];
        }
    }

    int[] toArray() {
        return Arrays.copyOf(rows, size);
    }
}
