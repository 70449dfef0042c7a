/**
 * The load: connections, workers, requests, closed and open loop.
 *
 * <p>One virtual thread a connection, see {@link dev.proxyherd.bench.load.BenchRun}.
 */
package dev.proxyherd.bench.load;
