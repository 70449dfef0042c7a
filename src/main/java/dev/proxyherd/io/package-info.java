/**
 * Reading lines and gathering writes on sockets that somebody watches; bounds on what addresses hold; rooms with libraries of their own; what failures of files
 * mean.
 *
 * <p>A {@link dev.proxyherd.io.LineReader} and a {@link dev.proxyherd.io.GatheringWriter} belong to one thread each,
 * which blocks in them. {@link dev.proxyherd.io.Sweeper} has a thread of its own, the one that closes sockets whose
 * time is up. It depends on {@code java.base} only.
 */
@NullMarked
package dev.proxyherd.io;

import org.jspecify.annotations.NullMarked;
