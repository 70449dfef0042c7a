/**
 * What is known, found by place, by ID and by order of change.
 *
 * <p>Filled by the thread {@code feed}; any thread may search, see {@link dev.proxyherd.gateway.index.ClientIndex}.
 */
package dev.proxyherd.gateway.index;
