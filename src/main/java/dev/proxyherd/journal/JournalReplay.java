package dev.proxyherd.journal;

import dev.proxyherd.journal.file.JournalFile;
import dev.proxyherd.journal.file.JournalReader;
import dev.proxyherd.journal.file.JournalTail;
import dev.proxyherd.protocol.Location;
import dev.proxyherd.store.Expiry;
import dev.proxyherd.store.LocationStore;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * Merges what a journal file holds into the store, and tells what a person should know about it. What changes meanwhile
 * may be appended between two reads, so that a crash in the middle of a long replay costs no more than any other. One use.
 */
final class JournalReplay {
    private static final int MAX_DAMAGE_NOTES = 20;

    private final FileChannel in;
    private final JournalFile file;
    private final LocationStore store;
    private final Expiry expiry;
    private final JournalNotes notes;
    private int damages;
    private long damagedBytes;
    private boolean understood = true;

    /**
     * @param in the file for reading
     * @param file the same for appending
     */
    JournalReplay(FileChannel in, JournalFile file, LocationStore store, Expiry expiry, JournalNotes notes) {
        this.in = in;
        this.file = file;
        this.store = store;
        this.expiry = expiry;
        this.notes = notes;
    }

    /**
     * Reads what the file held when it was opened, once what a crash has left of a write has been cut.
     *
     * @param goesOn asked between two reads
     * @return how many records were found, or -1 when it was not to go on
     */
    long run(JournalTail tail, BooleanSupplier goesOn) throws IOException {
        if (tail.tornBytes() > 0) {
            notes.note("journal: cut " + tail.tornBytes() + " bytes of an unfinished write at offset " + tail.end());
        }
        file.continueAt(tail.end());
        if (tail.lacksLf()) {
            file.endLine();
        }
        long cutoff = expiry.cutoffNanos();
        Consumer<Location> merge = location -> {
            if (location.timeNanos() >= cutoff) {
                store.merge(location);
            }
        };
        JournalReader reader = new JournalReader(in, tail.end(), Location.BEFORE_START);
        while (reader.readSome(merge, this::noteDamage)) {
            if (!goesOn.getAsBoolean()) {
                notes.note("journal: the replay has ended early, for the server stops");
                return -1;
            }
        }
        if (tail.end() > 0) {
            noteResult(reader.records());
        }
        return reader.records();
    }

    /** What in the file is no record, nor zeros; null if there is no such thing. */
    String strange() {
        return understood ? null : damagedBytes + " bytes of it are no records";
    }

    private void noteDamage(long from, long to, boolean blank) {
        damagedBytes += to - from;
        understood = understood && blank;
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
