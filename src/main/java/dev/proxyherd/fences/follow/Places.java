package dev.proxyherd.fences.follow;

import dev.proxyherd.fences.FencedArea;
import dev.proxyherd.fences.Fences;
import dev.proxyherd.protocol.Position;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.IntStream;

/** In which of the fences a client is: their places in the file, in ascending order. */
final class Places {
    static final int[] NOWHERE = {};

    private Places() {
    }

    /**
     * In which fences a client is that was in some and is now somewhere.
     *
     * @param isUnknown whether it is not known in which it was, rather than known that it was in no other: then, within a
     *     margin, the ring alone says whether it is in
     */
    static int[] after(int[] before, Fences fences, String client, Position now, boolean isUnknown) {
        return IntStream.of(fences.index().near(now.latitude(), now.longitude())).filter(place -> {
            FencedArea area = fences.areas().get(place);
            return area.fence().isFor(client) && switch (area.side(now.latitude(), now.longitude())) {
                case IN -> true;
                case BARELY_IN -> isUnknown || has(before, place);
                case BARELY_OUT -> has(before, place);
                case OUT -> false;
            };
        }).toArray();
    }

    static boolean has(int[] places, int place) {
        return Arrays.binarySearch(places, place) >= 0;
    }

    /** Those of the first that are not among the second. */
    static int[] without(int[] some, int[] others) {
        return some.length == 0 || others.length == 0 ? some
                : IntStream.of(some).filter(place -> !has(others, place)).toArray();
    }

    /** Where the fences of one reading have gone in another; -1 for those that are not there, or not the same. */
    static int[] moves(Fences from, Fences to) {
        Map<String, Integer> places = new HashMap<>();
        for (int place = 0; place < to.areas().size(); place++) {
            places.put(to.areas().get(place).fence().id(), place);
        }
        return from.areas().stream().map(FencedArea::fence).mapToInt(fence -> {
            Integer place = places.get(fence.id());
            return place != null && to.areas().get(place).fence().equals(fence) ? place : -1;
        }).toArray();
    }
}
