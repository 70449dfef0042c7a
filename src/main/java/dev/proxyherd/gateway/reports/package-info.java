/**
 * Reports of apps that come in by HTTP, in the formats of OwnTracks, Traccar Client and Overland.
 *
 * <p>A request runs on its own thread from beginning to end. It depends on {@code apps},
 * {@code rights}, {@code gateway.request}, {@code foreign} and gson.
 */
@NullMarked
package dev.proxyherd.gateway.reports;

import org.jspecify.annotations.NullMarked;
