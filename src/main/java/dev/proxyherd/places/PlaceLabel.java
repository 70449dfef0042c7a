package dev.proxyherd.places;

/**
 * A locality's name and where it is.
 *
 * @param latitude degrees
 * @param longitude degrees
 * @param reachMetres about how far it reaches, 100 to 25,500: the larger the town, the farther
 */
public record PlaceLabel(String name, double latitude, double longitude, int reachMetres) {
}
