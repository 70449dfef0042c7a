/**
 * How servers, links and journals are, and whether a herd has converged.
 *
 * <p>Pure values, for any thread.
 */
package dev.proxyherd.status;
