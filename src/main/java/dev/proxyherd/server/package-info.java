/**
 * Puts one server together: start order, reverse stop order, and the files it keeps.
 *
 * <p>The thread that calls {@code start} or {@code stop} does their work. It depends on all packages below it.
 */
package dev.proxyherd.server;
