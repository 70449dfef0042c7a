/**
 * Measuring servers: load in a closed or an open loop, and what comes of it as a table, as JSON and as a plot.
 *
 * <p>{@link dev.proxyherd.bench.BenchRun} starts one virtual thread for each connection, and in an open loop a second
 * one that reads. Each connection counts for itself; the counts are merged when its threads have ended. It depends on
 * {@code io}, {@code topology}, HdrHistogram and Gson.
 */
@NullMarked
package dev.proxyherd.bench;

import org.jspecify.annotations.NullMarked;
