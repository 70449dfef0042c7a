/**
 * Herds of up to ten thousand servers in one thread, on virtual time. Stores, queues, rounds, comparisons and the bytes of
 * messages are the servers' own; sockets, waiting and processors are simulated. The same seed gives the same history.
 */
@NullMarked
package dev.proxyherd.sim;

import org.jspecify.annotations.NullMarked;
