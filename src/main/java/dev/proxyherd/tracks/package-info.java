/**
 * What recorded tracks are made of: points, degrees, names, and all that a reader finds in one file.
 *
 * <p>Values and functions for any thread, but for {@link dev.proxyherd.tracks.FileTracks}, which the one thread that reads
 * fills. It depends on {@code foreign}.
 */
@NullMarked
package dev.proxyherd.tracks;

import org.jspecify.annotations.NullMarked;
