/**
 * How servers, links and journals are; the one form in which servers tell each other ({@link
 * dev.proxyherd.status.StatusJson}); and the one place that decides whether a herd has converged and is well ({@link
 * dev.proxyherd.status.HerdStatus}). The command line, the HTTP API and the metrics show what that says.
 *
 * <p>Immutable values and functions, for any thread. It depends on {@code topology} and gson.
 */
@NullMarked
package dev.proxyherd.status;

import org.jspecify.annotations.NullMarked;
