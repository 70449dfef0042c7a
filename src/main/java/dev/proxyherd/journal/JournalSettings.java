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
 * @param notes takes what a person should know
 */
public record JournalSettings(Path path, String server, FsyncPolicy fsync, Expiry expiry, JournalNotes notes) {
    public JournalSettings {
        notes = notes.guarded();
    }
}
