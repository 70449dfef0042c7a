package dev.proxyherd.journal;

import dev.proxyherd.journal.file.JournalReader;
import org.jspecify.annotations.Nullable;

/** What of a journal was no record when it was replayed, and the notes of it. One thread. */
final class ReplayDamage implements JournalReader.DamageReport {
    private static final int MAX_NOTES = 20;

    private final JournalNotes notes;
    private int places;
    private long bytes;
    private boolean understood = true;

    ReplayDamage(JournalNotes notes) {
        this.notes = notes;
    }

    @Override
    public void damaged(long from, long to, boolean blank) {
        bytes += to - from;
        understood = understood && blank;
        if (places++ < MAX_NOTES) {
            notes.warn("journal: " + (to - from) + " bytes at offset " + from
                    + " are damaged and were skipped; neighbours will teach what they held");
        }
    }

    /** Why the file must be kept: what in it is no record, nor zeros; null if there is no such thing. */
    @Nullable
    String keepReason() {
        return understood ? null : bytes + " bytes of it are no records";
    }

    /** What to add to the figures; empty when nothing was damaged. */
    String summary() {
        return places == 0 ? "" : ", " + bytes + " bytes in " + places + " places damaged";
    }
}
