/**
 * Commands that let clients move: recorded tracks and walkers.
 *
 * <p>The main thread.
 */
package dev.proxyherd.cli.play;
