package dev.proxyherd.places;

import java.util.List;

/** Names of localities for a map. */
@FunctionalInterface
public interface PlaceLabels {
    /**
     * The largest localities in a box, largest first.
     *
     * @param west degrees; greater than {@code east} if the box crosses the date line
     * @param limit how many at most
     * @throws PlacesException if the names cannot be had now
     */
    List<PlaceLabel> largest(double west, double south, double east, double north, int limit) throws PlacesException;
}
