/**
 * Commands that ask all servers of a running herd: status and trace look, forget has them forget clients, reload has them
 * read their topology files again.
 *
 * <p>The main thread, which waits for a {@code server.survey}. It depends on {@code cli.options}, that and {@code status}.
 */
@NullMarked
package dev.proxyherd.cli.watch;

import org.jspecify.annotations.NullMarked;
