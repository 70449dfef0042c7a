/**
 * The places that come with the program, loaded once, found by nearness, written as documents.
 *
 * <p>Loaded on the thread {@code places-loader}; any thread may ask.
 */
package dev.proxyherd.places.bundled;
