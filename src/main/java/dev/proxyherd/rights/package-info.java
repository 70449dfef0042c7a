/**
 * What somebody may do: report and see clients, and all the rest. Tokens stand for it, and a file says which there are.
 *
 * <p>Values, but for {@link dev.proxyherd.rights.LiveTokens}, which any thread asks and a thread of its own renews, and for
 * {@link dev.proxyherd.rights.TokenEdit}, which is a command's. It depends on {@code io}, {@code store} and gson.
 */
@NullMarked
package dev.proxyherd.rights;

import org.jspecify.annotations.NullMarked;
