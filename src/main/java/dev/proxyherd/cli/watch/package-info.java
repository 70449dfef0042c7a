/**
 * Commands that ask a running herd: status, trace, and reload.
 *
 * <p>The main thread, which waits for a {@code server.survey}. It depends on {@code cli.options}, that and {@code status}.
 */
@NullMarked
package dev.proxyherd.cli.watch;

import org.jspecify.annotations.NullMarked;
