/**
 * Keeps what the store knows on the disk, and reads it back at the start; {@link dev.proxyherd.journal.Journal#open} is the
 * way in.
 *
 * <p>A platform thread replays, with another that merges what it reads, then commits in groups and looks after the files; while
 * a file is being compacted another writes it; a virtual thread watches for a disk that hangs. Any thread may note a change, and none waits for the disk but
 * where the policy says so. It depends on {@code store}, and has its files from {@code journal.file}.
 */
@NullMarked
package dev.proxyherd.journal;

import org.jspecify.annotations.NullMarked;
