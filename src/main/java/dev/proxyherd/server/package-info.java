/**
 * One server: {@code ServerParts} wires its parts, {@code HerdServer} starts and stops them in order, {@code ServerReport}
 * tells how it is, {@code HttpOpener} gives it an HTTP port.
 *
 * <p>The thread that calls {@code start} or {@code stop} does their work. It depends on {@code server.files} and all wings
 * below; its process and surveys of the herd stand above or beside it.
 */
@NullMarked
package dev.proxyherd.server;

import org.jspecify.annotations.NullMarked;
