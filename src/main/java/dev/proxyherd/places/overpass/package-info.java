/**
 * OpenStreetMap's places by way of an Overpass server.
 *
 * <p>A lookup runs on the asking client's thread. May depend on {@code places}, {@code places.document},
 * {@code places.upstream}, {@code geo} and Gson.
 */
@NullMarked
package dev.proxyherd.places.overpass;

import org.jspecify.annotations.NullMarked;
