/**
 * Readers of GPX, NMEA and CSV, as generous as these formats are. Each fills a {@link dev.proxyherd.tracks.FileTracks} and
 * knows nothing else.
 *
 * <p>One thread, one file. It depends on {@code tracks}, {@code foreign}, {@code java.xml} and commons-csv.
 */
@NullMarked
package dev.proxyherd.tracks.formats;

import org.jspecify.annotations.NullMarked;
