/**
 * The user's own places, read from a GeoNames dump or GeoJSON.
 *
 * <p>The file is read on a platform thread of its own, {@code places-file}; any thread may ask. May depend on
 * {@code places}, {@code places.document}, {@code places.upstream} for its settings, {@code places.bundled} for its index,
 * {@code geo}, {@code foreign}, {@code io} and Gson.
 */
@NullMarked
package dev.proxyherd.places.file;

import org.jspecify.annotations.NullMarked;
