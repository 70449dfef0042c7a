/**
 * Plays tracks and walkers to a server at their own pace.
 *
 * <p>One thread plays, a second one, virtual, reads the answers; stopping may come from any thread.
 */
package dev.proxyherd.tracks.play;
