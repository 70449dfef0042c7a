/**
 * A server's files beside its journal and log: the state folder, its lock, the secret and its key, and words for what is
 * wrong with them.
 *
 * <p>Called once at the start, on the thread that starts the server; the key on one of its own, beside the start.
 */
@NullMarked
package dev.proxyherd.server.files;

import org.jspecify.annotations.NullMarked;
