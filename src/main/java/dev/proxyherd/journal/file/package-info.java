/**
 * The journal's files: records, reading them, appending to them, their names, and telling what is none of theirs.
 *
 * <p>Each for one thread at a time, but for {@link dev.proxyherd.journal.file.JournalDisk}. It depends on {@code protocol}
 * only.
 */
@NullMarked
package dev.proxyherd.journal.file;

import org.jspecify.annotations.NullMarked;
