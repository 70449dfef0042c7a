/**
 * The command that measures running servers: bench.
 *
 * <p>The main thread; the progress line has its own. It depends on {@code cli.options}, {@code tls.sockets} and {@code bench}.
 */
@NullMarked
package dev.proxyherd.cli.measure;

import org.jspecify.annotations.NullMarked;
