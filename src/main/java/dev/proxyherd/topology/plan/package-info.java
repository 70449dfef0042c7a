/**
 * Which links to give a number of servers, so that the herd survives losses at the least cost.
 *
 * <p>Pure functions over values, with a seed of their own: the same question has the same answer. No I/O, no threads. It
 * depends on {@code topology.graph}.
 */
@NullMarked
package dev.proxyherd.topology.plan;

import org.jspecify.annotations.NullMarked;
