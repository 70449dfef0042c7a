/**
 * Commands about a topology file that ask no server: topology check and topology suggest.
 *
 * <p>The main thread. It depends on {@code cli.options} and {@code topology} with its inner rooms.
 */
@NullMarked
package dev.proxyherd.cli.plan;

import org.jspecify.annotations.NullMarked;
