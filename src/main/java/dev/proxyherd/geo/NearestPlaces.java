package dev.proxyherd.geo;

import java.util.Arrays;

/**
 * The few nearest of all places offered, nearest first; of two at one distance, the one offered first. The room is so small
 * that inserting into a sorted array beats any heap. For one thread, one search.
 */
final class NearestPlaces {
    private final int[] places;
    private final double[] distances;
    private int size;
    private double limit;

    /**
     * @param bound how many to keep, at least 1
     * @param limit the greatest distance that counts, in whatever measure is then offered
     */
    NearestPlaces(int bound, double limit) {
        places = new int[bound];
        distances = new double[bound];
        // An exclusive limit, for what is as far as the farthest of a full array comes too late.
        this.limit = Math.nextUp(limit);
    }

    void offer(int place, double distance) {
        if (distance >= limit) {
            return;
        }
        int at = size < places.length ? size++ : size - 1;
        for (; at > 0 && distances[at - 1] > distance; at--) {
            places[at] = places[at - 1];
            distances[at] = distances[at - 1];
        }
        places[at] = place;
        distances[at] = distance;
        if (size == places.length) {
            limit = distances[size - 1];
        }
    }

    int[] toArray() {
        return Arrays.copyOf(places, size);
    }
}
