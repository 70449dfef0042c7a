/**
 * Reads files of tracks: tells their kind by their content, puts the points in order, and says what is doubtful.
 *
 * <p>One thread.
 */
package dev.proxyherd.tracks.read;
