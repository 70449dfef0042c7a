/**
 * The journal's files: records, reading them, appending to them, and telling what is none of theirs.
 *
 * <p>Each for one thread at a time.
 */
package dev.proxyherd.journal.file;
