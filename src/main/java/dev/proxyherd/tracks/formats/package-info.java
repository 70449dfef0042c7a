/**
 * Readers of GPX, NMEA and CSV, as generous as these formats are.
 *
 * <p>One thread, one file.
 */
package dev.proxyherd.tracks.formats;
