/**
 * What the graph of servers and links promises: how far and how often an update travels, and which losses part it.
 *
 * <p>Pure functions over values; no I/O, no threads. It depends on {@code topology}, and on gson for the report's JSON.
 */
@NullMarked
package dev.proxyherd.topology.graph;

import org.jspecify.annotations.NullMarked;
