package dev.proxyherd.fences;

import java.util.List;

/**
 * All fences of a file, as of one reading. Immutable; another takes its place as a whole.
 *
 * @param areas in the file's order
 * @param index finds them by place
 */
public record Fences(List<FencedArea> areas, AreaIndex index) {
    /** No fences. */
    public static final Fences NONE = new Fences(List.of(), new AreaIndex() {
        @Override
        public boolean isNear(double latitude, double longitude) {
            return false;
        }

        @Override
        public int[] near(double latitude, double longitude) {
            return new int[0];
        }

        @Override
        public int[] within(double west, double south, double east, double north) {
            return new int[0];
        }
    });

    public Fences {
        areas = List.copyOf(areas);
    }
}
