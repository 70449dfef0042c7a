package dev.proxyherd.gateway;

import dev.proxyherd.places.PlaceLabels;
import dev.proxyherd.places.PlacesProvider;

/**
 * What the API tells of places.
 *
 * @param provider of those near a client
 * @param labels names for the map
 */
public record MapPlaces(PlacesProvider provider, PlaceLabels labels) {
}
