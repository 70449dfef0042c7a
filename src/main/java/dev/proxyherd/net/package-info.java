/**
 * Clients: accepting their connections, and reading, handling and answering their commands.
 *
 * <p>The accept loop has a virtual thread of its own and starts one for each connection, which runs all of
 * {@link dev.proxyherd.net.ClientConnection}. It depends on {@code io}, {@code store}, {@code places}, {@code log} and
 * {@code protocol}; neighbours that dial in are handed over through {@link dev.proxyherd.net.LinkEndpoint}.
 */
@NullMarked
package dev.proxyherd.net;

import org.jspecify.annotations.NullMarked;
