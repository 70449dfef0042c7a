/**
 * The file of fences: a FeatureCollection of GeoJSON (RFC 7946), read as it streams by, and again when it has changed. Any bytes
 * are read, or refused with the place and the mend.
 *
 * <p>One platform thread a process, {@code fences file}, reads again; any thread may ask for what was read last. It depends on
 * {@code fences}, {@code foreign}, {@code geo}, {@code store} and gson.
 */
@NullMarked
package dev.proxyherd.fences.file;

import org.jspecify.annotations.NullMarked;
