/**
 * What a measurement says: as a table, as JSON and as a plot.
 *
 * <p>Pure functions, for any thread. It depends on {@code bench}, HdrHistogram and Gson.
 */
@NullMarked
package dev.proxyherd.bench.report;

import org.jspecify.annotations.NullMarked;
