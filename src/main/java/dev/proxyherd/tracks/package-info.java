/**
 * Moving clients for demonstrations and load: recorded tracks read from files, walkers made up, and both played to a server.
 *
 * <p>One thread plays, a second one, virtual, reads the answers; {@link dev.proxyherd.tracks.Player#stop} may come from
 * any thread. It depends on {@code io}, {@code client}, {@code foreign}, {@code places}, {@code java.xml} and commons-csv.
 */
package dev.proxyherd.tracks;
