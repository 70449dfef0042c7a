/**
 * The command line: options become objects, which are run; there is no logic of its own here.
 *
 * <p>Commands run on the main thread and stop on the JVM's shutdown thread; what waits for another side beside them
 * (standard input to send, warnings, a progress line) has a thread of its own. It may depend on all other packages and on
 * picocli.
 */
package dev.proxyherd.cli;
