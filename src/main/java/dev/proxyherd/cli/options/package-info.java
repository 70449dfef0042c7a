/**
 * What commands share: options that several of them have, values as people type them, defaults from the environment and
 * the topology file, what may be shown on a terminal.
 *
 * <p>The main thread; signals have their own. It depends on no command, and on what its options name: {@code topology},
 * {@code places}, {@code client}, {@code server.files}; and on picocli.
 */
@NullMarked
package dev.proxyherd.cli.options;

import org.jspecify.annotations.NullMarked;
