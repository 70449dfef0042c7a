package dev.proxyherd.places;

/**
 * "What is near here?"
 *
 * @param latitude degrees, -90 to 90
 * @param longitude degrees, -180 to 180
 * @param radiusMetres 0 to 50,000
 * @param bound how many results the client will get, 0 to 20; providers may return more, in order
 */
public record PlacesQuery(double latitude, double longitude, double radiusMetres, int bound) {
}
