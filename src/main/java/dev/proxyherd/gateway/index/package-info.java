/**
 * What is known, found by place, by ID and by order of change.
 *
 * <p>Filled by the thread {@code feed}, or by a request that must see the newest; any thread may search, see
 * {@link dev.proxyherd.gateway.index.ClientIndex}. It depends on {@code geo}, {@code store}, {@code log} and {@code protocol},
 * and knows nothing of HTTP.
 */
@NullMarked
package dev.proxyherd.gateway.index;

import org.jspecify.annotations.NullMarked;
