package dev.proxyherd.journal;

import dev.proxyherd.journal.file.JournalDisk;
import dev.proxyherd.journal.file.JournalFolder;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A journal's files once they are open, before anything is read.
 *
 * @param current what records are appended to
 * @param in the same file, for reading what it held
 */
record OpenJournal(JournalFolder folder, JournalDisk disk, CurrentFile current,
        FileChannel in) implements AutoCloseable {

    /**
     * Opens the file, or makes it.
     *
     * @throws IOException if that cannot be done, which says nothing against what the file holds: it stays as it is
     */
    static OpenJournal open(JournalSettings settings, JournalDisk disk) throws IOException {
        JournalFolder folder = new JournalFolder(settings.path(), settings.expiry().clock());
        Path target = folder.target();
        if (Files.exists(target) && !Files.isRegularFile(target)) {
            throw new IOException(target + " is no regular file; move it out of the way");
        }
        CurrentFile current = new CurrentFile(disk.open(target), settings.path(), settings.notes());
        try {
            OpenJournal opened = new OpenJournal(folder, disk, current, disk.openToRead(target));
            folder.sync(target);
            folder.deleteDraft();
            return opened;
        } catch (IOException e) {
            current.close();
            throw e;
        }
    }

    @Override
    public void close() {
        closeIn();
        current.close();
    }

    void closeIn() {
        try {
            in.close();
        } catch (IOException ignored) {
            // It was only read.
        }
    }
}
