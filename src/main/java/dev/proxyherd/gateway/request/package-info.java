/**
 * What a request asks and what is answered, as values, whatever server they come through: parameters, clients' IDs in URLs,
 * problems, JSON.
 *
 * <p>A request belongs to its own thread; the rest is for any thread. It depends on {@code foreign}, {@code geo}, for boxes, and gson.
 */
@NullMarked
package dev.proxyherd.gateway.request;

import org.jspecify.annotations.NullMarked;
