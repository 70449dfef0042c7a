/**
 * Commands that keep a file of tokens. No server is asked: those that run read the file again by themselves.
 *
 * <p>The main thread. It depends on {@code cli.options} and {@code rights}.
 */
@NullMarked
package dev.proxyherd.cli.token;

import org.jspecify.annotations.NullMarked;
