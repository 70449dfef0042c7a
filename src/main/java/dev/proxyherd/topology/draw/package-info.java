/**
 * Draws a topology as SVG.
 *
 * <p>Pure functions over values; no I/O, no threads. It depends on {@code topology.graph}.
 */
@NullMarked
package dev.proxyherd.topology.draw;

import org.jspecify.annotations.NullMarked;
