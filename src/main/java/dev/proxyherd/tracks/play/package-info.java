/**
 * Plays recorded tracks and made-up walkers to a server at their own pace.
 *
 * <p>One thread plays, a second one, virtual, reads the answers; {@link dev.proxyherd.tracks.play.Player#stop} may come from
 * any thread. It depends on {@code tracks}, {@code tracks.read}, {@code client}, {@code foreign} and {@code places}.
 */
@NullMarked
package dev.proxyherd.tracks.play;

import org.jspecify.annotations.NullMarked;
