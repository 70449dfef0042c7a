/**
 * Reads files of tracks: tells their kind by their content, puts the points in order, and says what is doubtful.
 *
 * <p>One thread. It depends on {@code tracks}, its {@code formats}, {@code foreign} and {@code io}.
 */
@NullMarked
package dev.proxyherd.tracks.read;

import org.jspecify.annotations.NullMarked;
