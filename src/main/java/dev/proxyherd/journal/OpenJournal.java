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
 * @param sign how long the server was away
 */
record OpenJournal(JournalFolder folder, JournalDisk disk, CurrentFile current, FileChannel in,
        SignOfLife sign) implements AutoCloseable {

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
        SignOfLife sign = SignOfLife.of(settings.path(), settings.expiry());
        if (sign.isStale() && settings.rejoin() != Rejoin.ASK) {
            rejoin(settings, folder, sign);
        }
        CurrentFile current = new CurrentFile(disk.open(target), settings.path(), settings.notes());
        try {
            OpenJournal opened = new OpenJournal(folder, disk, current, disk.openToRead(target), sign);
            folder.sync(target);
            folder.deleteDraft();
            return opened;
        } catch (IOException e) {
            current.close();
            throw e;
        }
    }

    /** The sign comes last: whoever is killed before it is asked again, or finds no journal. */
    private static void rejoin(JournalSettings settings, JournalFolder folder, SignOfLife sign) throws IOException {
        String then = sign.lastText();
        if (settings.rejoin() == Rejoin.RELEARN) {
            Path aside = folder.setAside("relearned");
            settings.notes()
                    .warn("journal: " + settings.path() + " was last written at " + then + "; it is kept as " + aside
                            + ", and all is learnt from neighbours; what only this server knew is in that file");
        } else {
            settings.notes().warn("journal: " + settings.path() + " was last written at " + then
                    + "; it is trusted, as --trust-journal says");
        }
        sign.giveNow();
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
