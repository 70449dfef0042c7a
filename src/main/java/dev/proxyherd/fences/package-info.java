/**
 * Fences: areas of the globe, and what it is to cross one.
 *
 * <p>A server follows which fences each client is in from all records that it accepts, whoever heard them; of a crossing only
 * the server that heard the report tells. So a crossing is told once, however many servers there are, as long as all know the
 * same; its {@linkplain dev.proxyherd.fences.Crossing#id() id} is made from what it is, so that whoever is told twice can see
 * it.
 *
 * <p>Here are the values, which any thread may use, and {@link dev.proxyherd.fences.CrossingListener}, by which one is told.
 * It depends on {@code store} and {@code protocol}.
 */
@NullMarked
package dev.proxyherd.fences;

import org.jspecify.annotations.NullMarked;
