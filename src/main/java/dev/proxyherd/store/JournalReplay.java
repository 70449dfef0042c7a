package dev.proxyherd.store;

import dev.proxyherd.protocol.Location;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * Merges what a journal file holds into the store, and tells what a person should know about it. The file is opened for
 * what changes meanwhile first, so that a crash in the middle of a long replay costs no more than any other. One use.
 */
final class JournalReplay {
    private static final int MAX_DAMAGE_NOTES = 20;

    private final Path path;
    private final LocationStore store;
    private final Expiry expiry;
    private final JournalNotes notes;
    private long length;
    private int damages;
    private long damagedBytes;

    JournalReplay(Path path, LocationStore store, Expiry expiry, JournalNotes notes) {
        this.path = path;
        this.store = store;
        this.expiry = expiry;
        this.notes = notes;
    }

    /** Opens the file for appending, after what a crash has left of a write has been cut. */
    JournalFile open() throws IOException {
        JournalTail tail = JournalTail.of(path);
        if (tail.tornBytes() > 0) {
            notes.note("journal: cut " + tail.tornBytes() + " bytes of an unfinished write at offset " + tail.end());
        }
        length = tail.end();
        JournalFile file = JournalFile.open(path, length);
        if (tail.lacksLf()) {
            file.endLine();
        }
        return file;
    }

    /**
     * Reads what the file held when it was opened.
     *
     * @param goesOn asked between two reads
     * @return how many records were found, or -1 when it was not to go on
     */
    long run(BooleanSupplier goesOn) throws IOException {
        long cutoff = expiry.cutoffNanos();
        Consumer<Location> merge = location -> {
            if (location.timeNanos() >= cutoff) {
                store.merge(location);
            }
        };
        try (InputStream in = Files.newInputStream(path)) {
            JournalReader reader = new JournalReader(in, length, Location.BEFORE_START);
            while (reader.readSome(merge, this::noteDamage)) {
                if (!goesOn.getAsBoolean()) {
                    notes.note("journal: the replay has ended early, for the server stops");
                    return -1;
                }
            }
            noteResult(reader.records());
            return reader.records();
        }
    }

    private void noteDamage(long from, long to) {
        damagedBytes += to - from;
        if (damages++ < MAX_DAMAGE_NOTES) {
            notes.warn("journal: " + (to - from) + " bytes at offset " + from
                    + " are damaged and were skipped; neighbours will teach what they held");
        }
    }

    private void noteResult(long records) {
        String damage = damages == 0 ? "" : ", " + damagedBytes + " bytes in " + damages + " places damaged";
        notes.note("journal: " + records + " records replayed, " + store.size() + " clients known" + damage);
    }
}
