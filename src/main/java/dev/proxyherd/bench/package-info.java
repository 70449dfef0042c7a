/**
 * Measuring servers: what is to be measured, what is counted meanwhile, and what comes of it.
 *
 * <p>Plan and result are values for any threads. Each connection counts in a {@link dev.proxyherd.bench.Tally} of its own;
 * these are merged when its threads have ended. It depends on {@code topology}, {@code tls.sockets} and HdrHistogram.
 */
@NullMarked
package dev.proxyherd.bench;

import org.jspecify.annotations.NullMarked;
