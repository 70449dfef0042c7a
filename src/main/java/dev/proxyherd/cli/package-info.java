/**
 * The command line's entry point, the root command, and what it says of wrong usage. Options become objects, which are
 * run; there is no logic of its own here, nor in the rooms of its commands, which use only {@code cli.options} of each
 * other.
 *
 * <p>Commands run on the main thread and stop on the JVM's shutdown thread. It may depend on all other packages and on
 * picocli.
 */
@NullMarked
package dev.proxyherd.cli;

import org.jspecify.annotations.NullMarked;
