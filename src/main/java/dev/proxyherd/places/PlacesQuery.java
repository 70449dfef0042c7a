package dev.proxyherd.places;

import dev.proxyherd.geo.Geo;

/**
 * "What is near here?"
 *
 * @param latitude degrees, -90 to 90
 * @param longitude degrees, -180 to 180
 * @param radiusMetres 0 to 50,000
 * @param bound how many results the client will get, 0 to {@link PlacesProvider#MAX_RESULTS}; providers may return more, in
 *     order
 */
public record PlacesQuery(double latitude, double longitude, double radiusMetres, int bound) {

    /** The same with its radius in kilometres, as clients give it; 0 to 50. */
    public static PlacesQuery withinKm(double latitude, double longitude, double radiusKm, int bound) {
        return new PlacesQuery(latitude, longitude, radiusKm * Geo.METRES_PER_KM, bound);
    }

    /** The query that stands for all that differ in nothing but the bound: every provider is asked for all there may be. */
    public PlacesQuery unbounded() {
        return new PlacesQuery(latitude, longitude, radiusMetres, PlacesProvider.MAX_RESULTS);
    }
}
