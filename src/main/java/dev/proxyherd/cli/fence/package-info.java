/**
 * Commands about files of fences, which ask no server.
 *
 * <p>The main thread. It depends on {@code cli.options}, {@code fences} and its file.
 */
@NullMarked
package dev.proxyherd.cli.fence;

import org.jspecify.annotations.NullMarked;
