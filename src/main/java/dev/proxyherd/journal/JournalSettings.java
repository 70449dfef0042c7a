package dev.proxyherd.journal;

import dev.proxyherd.store.Expiry;
import java.nio.file.Path;

/**
 * What a journal must know.
 *
 * @param path its file, which may be a symbolic link
 * @param server the server's name, for the threads
 * @param fsync when what was accepted is safe
 * @param expiry what is too old to be replayed
 * @param rejoin what was said of a journal that is older than it is kept in mind who was forgotten
 * @param notes takes what a person should know
 */
public record JournalSettings(Path path, String server, FsyncPolicy fsync, Expiry expiry, Rejoin rejoin,
        JournalNotes notes) {
    public JournalSettings {
        notes = notes.guarded();
    }
}
