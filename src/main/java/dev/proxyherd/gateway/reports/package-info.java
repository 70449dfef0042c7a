/**
 * Reports of apps that come in by HTTP, each of which becomes an ordinary IAMAT.
 *
 * <p>A request runs on its own thread from beginning to end. It depends on {@code gateway.request}, {@code store},
 * {@code log}, {@code foreign}, {@code protocol} and gson.
 */
@NullMarked
package dev.proxyherd.gateway.reports;

import org.jspecify.annotations.NullMarked;
