/**
 * Google's providers: Places API (New) and the legacy Nearby Search.
 *
 * <p>A lookup runs on the asking client's thread. May depend on {@code places}, {@code places.document},
 * {@code places.upstream}, {@code geo} and Gson.
 */
@NullMarked
package dev.proxyherd.places.google;

import org.jspecify.annotations.NullMarked;
