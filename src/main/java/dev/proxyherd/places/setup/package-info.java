/**
 * Puts a provider together from the settings, asks it on behalf of clients, and tells what may be wrong with it.
 *
 * <p>For any thread.
 */
package dev.proxyherd.places.setup;
