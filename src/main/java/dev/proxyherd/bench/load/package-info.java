/**
 * The load: connections, workers, requests, closed and open loop.
 *
 * <p>{@link dev.proxyherd.bench.load.BenchRun} starts one virtual thread for each connection, and in an open loop a second
 * one that reads. It depends on {@code bench}, {@code tls.sockets}, {@code io} and {@code topology}.
 */
@NullMarked
package dev.proxyherd.bench.load;

import org.jspecify.annotations.NullMarked;
