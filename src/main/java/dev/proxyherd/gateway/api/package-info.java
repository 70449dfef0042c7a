/**
 * What goes out: clients, places, events, the herd, health, the map's files.
 *
 * <p>A request runs on its own thread from beginning to end. It depends on {@code gateway.index}, {@code gateway.request},
 * {@code places}, {@code status}, {@code geo}, {@code protocol} and gson.
 */
@NullMarked
package dev.proxyherd.gateway.api;

import org.jspecify.annotations.NullMarked;
