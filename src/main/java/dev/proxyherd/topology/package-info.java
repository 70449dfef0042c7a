/**
 * Which servers make the herd and who is whose neighbour, as the topology file says.
 *
 * <p>Values, and a parser that reads one file; no threads. It depends on {@code io}, {@code protocol} and gson.
 */
@NullMarked
package dev.proxyherd.topology;

import org.jspecify.annotations.NullMarked;
