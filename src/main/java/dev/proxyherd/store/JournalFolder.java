package dev.proxyherd.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.InstantSource;

/**
 * The names that a journal's files go by: the current one, the draft of the next beside it, and one that could not be
 * read, which is kept under a name of its own. For the journal's thread.
 */
final class JournalFolder {
    private final Path path;
    private final Path draft;
    private final InstantSource clock;
    private final JournalNotes notes;

    /** Why the current file could not be read; null once it is out of the way, or where it could. */
    private Throwable unreadable;

    JournalFolder(Path path, InstantSource clock, JournalNotes notes) {
        this.path = path;
        this.draft = path.resolveSibling(path.getFileName() + ".new");
        this.clock = clock;
        this.notes = notes;
    }

    Path path() {
        return path;
    }

    Path draft() {
        return draft;
    }

    /** The file that is there may still hold what nobody else knows: none may take its place. */
    void keep(Throwable failure) {
        unreadable = failure;
    }

    /**
     * Sees that a new file may take the current one's place: moves one that must be kept out of the way.
     *
     * @throws IOException if it cannot be moved
     */
    void clear() throws IOException {
        if (unreadable != null && !Files.notExists(path)) {
            Object reason = unreadable instanceof AccessDeniedException ? "permission denied" : unreadable;
            Path aside = path.resolveSibling(path.getFileName() + ".unreadable-" + clock.millis());
            try {
                Files.move(path, aside);
            } catch (IOException e) {
                throw new IOException(path + " can be neither read (" + reason + ") nor moved (" + e + ")", e);
            }
            notes.warn("journal: " + path + " cannot be read to its end (" + reason + "); it is kept as " + aside);
        }
        unreadable = null;
    }

    /** Gives the draft the current file's name. */
    void promoteDraft() throws IOException {
        Files.move(draft, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        sync();
    }

    void deleteDraft() {
        try {
            Files.deleteIfExists(draft);
        } catch (IOException inTheWay) {
            // The next try to write a new file says so.
        }
    }

    /** Makes new names survive a crash; not every file system lets a folder be opened for that. */
    void sync() {
        try (FileChannel folder = FileChannel.open(path.toAbsolutePath().getParent(), StandardOpenOption.READ)) {
            folder.force(true);
        } catch (IOException notHere) {
            // The name is then as safe as this file system makes it.
        }
    }
}
