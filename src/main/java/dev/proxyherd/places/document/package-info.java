/**
 * Documents in the format of Google Places Nearby Search: {@link dev.proxyherd.places.document.DocumentScanner} checks what
 * others send and finds its parts, {@link dev.proxyherd.places.document.PlacesDocument} is what a client gets, cut by
 * position; what is our own is mapped and printed here.
 *
 * <p>Pure functions and values, for any thread. It may depend on {@code places}, {@code geo}, {@code protocol} and Gson.
 */
@NullMarked
package dev.proxyherd.places.document;

import org.jspecify.annotations.NullMarked;
