/**
 * Google's providers: Places API (New) and the legacy Nearby Search.
 *
 * <p>A lookup runs on the asking client's thread.
 */
package dev.proxyherd.places.google;
