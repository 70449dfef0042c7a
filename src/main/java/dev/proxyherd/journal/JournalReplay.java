package dev.proxyherd.journal;

import dev.proxyherd.journal.file.ForeignContent;
import dev.proxyherd.journal.file.JournalFile;
import dev.proxyherd.journal.file.JournalFolder;
import dev.proxyherd.journal.file.JournalReader;
import dev.proxyherd.journal.file.JournalTail;
import dev.proxyherd.protocol.Cutoffs;
import dev.proxyherd.protocol.Location;
import dev.proxyherd.store.Expiry;
import dev.proxyherd.store.LocationStore;
import dev.proxyherd.store.Room;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.function.BooleanSupplier;

/**
 * Merges what a journal file holds into the store, and tells what a person should know about it. What changes meanwhile
 * may be appended between two reads, so that a crash in the middle of a long replay costs no more than any other. One use.
 */
final class JournalReplay {
    private final OpenJournal opened;
    private final Room room;
    private final LocationStore store;
    private final Expiry expiry;
    private final JournalNotes notes;

    // The merging thread's, until it has ended.
    private long unread;
    private boolean sawExpired;
    private boolean sawErased;

    JournalReplay(OpenJournal opened, Room room, Expiry expiry, JournalNotes notes) {
        this.opened = opened;
        this.room = room;
        this.store = room.store();
        this.expiry = expiry;
        this.notes = notes;
    }

    /**
     * Reads what the file held when it was opened, once what a crash has left of a write has been cut.
     *
     * @param goesOn asked between two reads
     * @return whether the store holds all that the file did
     * @throws IOException if the file cannot be read to its end
     */
    boolean run(BooleanSupplier goesOn) throws IOException {
        JournalTail tail = null;
        try {
            tail = JournalTail.of(opened.in());
            if (tail.foreign()) {
                replaceForeign();
                return true;
            }
            return read(tail, goesOn);
        } catch (Error e) {
            JournalFile file = opened.current().file();
            if (tail == null && file != null) {
                file.endLine();
            }
            opened.current().goOnUnread(e);
            return false;
        } finally {
            opened.closeIn();
        }
    }

    private boolean read(JournalTail tail, BooleanSupplier goesOn) throws IOException {
        continueAfter(tail);
        Cutoffs cutoffs = expiry.cutoffs();
        ReplayDamage damage = new ReplayDamage(notes);
        JournalReader reader = new JournalReader(opened.in(), tail.end(), Location.BEFORE_START);
        boolean stopped = false;
        try (MergeThread merging = new MergeThread(location -> merge(location, cutoffs))) {
            while (!stopped && reader.readSome(merging::add, damage)) {
                stopped = !goesOn.getAsBoolean();
            }
            merging.end();
        }
        if (stopped) {
            notes.note("journal: the replay has ended early, for the server stops");
        } else if (tail.end() > 0) {
            notes.note("journal: " + reader.records() + " records replayed, " + store.size() + " clients known"
                    + damage.summary());
        }
        tellOfUnread();
        JournalFile file = opened.current().file();
        if (!stopped && file != null) {
            file.addRecords(reader.records());
        }
        if (damage.keepReason() != null) {
            opened.folder().keep(damage.keepReason());
        }
        return !stopped;
    }

    private void tellOfUnread() {
        opened.current().unread(unread);
        if (unread > 0) {
            notes.warn("journal: there was no room for " + unread + " of its records, for as many clients are known as "
                    + "--max-clients allows, " + room.limit() + "; " + opened.folder().path() + " keeps them: a start "
                    + "with more room, as with a larger heap (HERD_JAVA_OPTS=-Xmx8g), reads them");
        }
    }

    private void merge(Location location, Cutoffs cutoffs) {
        if (cutoffs.isPast(location)) {
            sawExpired = true;
        } else if (location.isGone()) {
            // What there was no room for may be of this client.
            sawErased |= unread > 0 || store.find(location) != null;
            mergeWhereThereIsRoom(location);
        } else if (!mergeWhereThereIsRoom(location)) {
            Location known = store.find(location);
            sawErased |= known != null && known.isGone();
        }
    }

    private boolean mergeWhereThereIsRoom(Location location) {
        if (room.admits(location, Room.Door.JOURNAL)) {
            return store.merge(location);
        }
        unread++;
        return false;
    }

    /** Whether the file may hold what a client was known by that was forgotten then. */
    boolean sawErased() {
        return sawErased || (sawExpired && store.forgotten() > 0);
    }

    private void continueAfter(JournalTail tail) throws IOException {
        if (tail.tornBytes() > 0) {
            notes.note("journal: cut " + tail.tornBytes() + " bytes of an unfinished write at offset " + tail.end());
        }
        JournalFile file = Objects.requireNonNull(opened.current().file(), "is open until a round fails");
        file.continueAt(tail.end());
        if (tail.lacksLf()) {
            file.endLine();
        }
    }

    /** There is something else under the journal's name: nothing of it is touched. */
    private void replaceForeign() throws IOException {
        ForeignContent content = JournalTail.foreignContent(opened.in());
        JournalFolder folder = opened.folder();
        opened.current().close();
        Path aside = folder.setAside(JournalFolder.UNREADABLE);
        notes.warn("journal: there was no record in " + folder.path() + ": " + content.words() + "; it is kept as "
                + aside
                + ", and a new journal is begun; " + content.remedy(aside, folder.path()));
        JournalFile next = opened.disk().open(folder.target());
        opened.current().begin(next);
        next.continueAt(0);
        folder.sync(folder.target());
    }
}
