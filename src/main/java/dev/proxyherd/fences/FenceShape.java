package dev.proxyherd.fences;

import java.util.List;

/** What of the globe is within a fence, as its file says. */
public sealed interface FenceShape {
    /** How many positions it has. */
    int positions();

    /**
     * All that is within a distance of a point, along the surface.
     *
     * @param latitude degrees, -90 to 90
     * @param longitude degrees, -180 to 180
     * @param radiusMetres more than 0
     */
    record Disc(double latitude, double longitude, double radiusMetres) implements FenceShape {
        @Override
        public int positions() {
            return 1;
        }
    }

    /**
     * Areas.
     *
     * @param polygons the rings of each: the first goes round it, those that follow round its holes
     */
    record Areas(List<List<Ring>> polygons) implements FenceShape {
        public Areas {
            polygons = polygons.stream().map(List::copyOf).toList();
        }

        @Override
        public int positions() {
            return polygons.stream().flatMap(List::stream).mapToInt(Ring::size).sum();
        }
    }
}
