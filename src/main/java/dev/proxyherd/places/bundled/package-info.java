/**
 * The places that come with the program, loaded once, found by nearness, written as documents.
 *
 * <p>Loaded on the thread {@code places-loader}; any thread may ask. May depend on {@code places},
 * {@code places.document} and {@code geo}.
 */
@NullMarked
package dev.proxyherd.places.bundled;

import org.jspecify.annotations.NullMarked;
