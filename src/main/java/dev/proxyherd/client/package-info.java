/**
 * A small blocking client for one server of the herd, for the command line, tests and other Java programs.
 *
 * <p>A {@link dev.proxyherd.client.HerdClient} belongs to one thread. It depends on {@code io} and
 * {@code tls.sockets}.
 */
@NullMarked
package dev.proxyherd.client;

import org.jspecify.annotations.NullMarked;
