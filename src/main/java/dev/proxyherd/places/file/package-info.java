/**
 * The user's own places, read from a GeoNames dump or GeoJSON.
 *
 * <p>The file is read on a platform thread of its own; any thread may ask.
 */
package dev.proxyherd.places.file;
