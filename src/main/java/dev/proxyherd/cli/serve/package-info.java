/**
 * Commands and options for running servers: options become the settings of a {@code server.process}, which runs them.
 *
 * <p>The main thread, which a running process keeps. It depends on {@code cli.options}, {@code server} and its inner rooms.
 */
@NullMarked
package dev.proxyherd.cli.serve;

import org.jspecify.annotations.NullMarked;
