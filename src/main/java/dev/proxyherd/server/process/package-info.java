/**
 * A process that runs one or several servers until a signal ends it, with the herd's status that their HTTP ports share,
 * and what reads their topology file again.
 *
 * <p>The main thread starts the servers, the JVM's shutdown thread stops them, and a daemon thread
 * of its own reads the file. It depends on {@code server} and all below.
 */
@NullMarked
package dev.proxyherd.server.process;

import org.jspecify.annotations.NullMarked;
