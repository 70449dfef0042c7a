/**
 * What a measurement says: table, JSON, plot.
 *
 * <p>One thread.
 */
package dev.proxyherd.bench.report;
