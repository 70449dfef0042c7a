/**
 * How servers, links and journals are; and the one place that decides whether a herd has converged and is well ({@link
 * dev.proxyherd.status.HerdStatus}). The command line, the HTTP API and the metrics show what that says; servers tell each
 * other in the form of {@code status.json}.
 *
 * <p>Immutable values and functions, for any thread. It depends on {@code topology}.
 */
@NullMarked
package dev.proxyherd.status;

import org.jspecify.annotations.NullMarked;
