/**
 * Documents in the format of Google Places Nearby Search: reading what others send, cutting it by position, writing
 * what is our own.
 *
 * <p>Pure functions and values, for any thread.
 */
package dev.proxyherd.places.document;
