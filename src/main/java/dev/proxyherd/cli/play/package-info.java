/**
 * Commands that let clients move: recorded tracks and walkers.
 *
 * <p>The main thread. It depends on {@code cli.options}, {@code client}, {@code tracks} and the bundled places.
 */
@NullMarked
package dev.proxyherd.cli.play;

import org.jspecify.annotations.NullMarked;
