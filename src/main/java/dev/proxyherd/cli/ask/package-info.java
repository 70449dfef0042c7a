/**
 * Commands that ask one server, or a places provider, and print the answer: iamat, whatsat, send, places.
 *
 * <p>The main thread; {@code send} has another one that sends while answers are printed. It depends on {@code cli.options},
 * {@code client} and {@code places}.
 */
@NullMarked
package dev.proxyherd.cli.ask;

import org.jspecify.annotations.NullMarked;
