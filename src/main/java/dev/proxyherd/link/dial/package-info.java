/**
 * Connecting to a server by its name, again and again: looking it up, trying its addresses, backing off.
 *
 * <p>The thread that dials, and a platform thread for looking up names. It depends on {@code topology} and {@code io}.
 */
@NullMarked
package dev.proxyherd.link.dial;

import org.jspecify.annotations.NullMarked;
