/**
 * The herd's language as pure values and functions: what clients and neighbours say, and which location counts.
 *
 * <p>Nothing here blocks, reads a clock, starts a thread or keeps state, so any thread may call any of it. Parsers are
 * total: bytes in, a value out, never an exception. It depends on {@code java.base} only.
 */
@NullMarked
package dev.proxyherd.protocol;

import org.jspecify.annotations.NullMarked;
