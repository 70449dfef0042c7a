/**
 * The JDK's HTTP server, which no other room knows: the port, its limits and threads, who is let in, routes, and one way in
 * and out for every request. Another server would be put in by rewriting this room.
 *
 * <p>Requests run on threads of their own, see {@link dev.proxyherd.gateway.http.RequestThreads}; the thread
 * {@code http-watchdog} interrupts those whose time is up, and {@code http-accepts} looks whether the port can accept.
 *
 * <p>It depends on {@code gateway.request}, {@code io}, {@code log}, {@code topology}, and on {@code places} for the longest
 * deadline of a lookup.
 */
@NullMarked
package dev.proxyherd.gateway.http;

import org.jspecify.annotations.NullMarked;
