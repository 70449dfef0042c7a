/**
 * How others write files, times, numbers and names of clients, and what the herd's protocol makes of them.
 *
 * <p>For what phones report and for files of tracks and places: pure functions for any thread, and a file's content for the
 * one thread that reads it. It depends on {@code protocol}.
 */
@NullMarked
package dev.proxyherd.foreign;

import org.jspecify.annotations.NullMarked;
