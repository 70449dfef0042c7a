/**
 * The command line: options become objects, which are run; there is no logic of its own here.
 *
 * <p>Everything runs on the main thread, but for stopping, which runs on the JVM's shutdown thread. It may depend on
 * all other packages and on picocli.
 */
package dev.proxyherd.cli;
