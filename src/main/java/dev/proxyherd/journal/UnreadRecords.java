package dev.proxyherd.journal;

import dev.proxyherd.journal.file.JournalReader;
import dev.proxyherd.protocol.Cutoffs;
import dev.proxyherd.protocol.Location;
import dev.proxyherd.store.Expiry;
import dev.proxyherd.store.LocationStore;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What the journal's file holds and the store had no room for: a file that is to take its place has these records copied,
 * so that a later start with more room has them. For the thread that writes the new file.
 */
final class UnreadRecords {
    private final OpenJournal opened;
    private final LocationStore store;
    private final Expiry expiry;

    UnreadRecords(OpenJournal opened, LocationStore store, Expiry expiry) {
        this.opened = opened;
        this.store = store;
        this.expiry = expiry;
    }

    /** What new files are written from. */
    LocationStore store() {
        return store;
    }

    /** Takes a record. */
    interface Sink {
        void take(Location location) throws IOException;
    }

    /**
     * What was copied.
     *
     * @param records how many
     * @param failure why not all could be read, or null
     */
    record Copied(long records, @Nullable IOException failure) {
        static final Copied NONE = new Copied(0, null);
    }

    /**
     * Gives the records that the store lacks or holds an older one for, but for expired ones.
     *
     * @throws IOException if the sink fails
     */
    Copied copy(Sink to, BooleanSupplier goesOn) throws IOException {
        Path file = opened.folder().target();
        if (opened.current().unread() == 0 || Files.notExists(file)) {
            return Copied.NONE;
        }
        FileChannel in;
        try {
            in = opened.disk().openToRead(file);
        } catch (IOException e) {
            return new Copied(0, e);
        }
        try (in) {
            return copy(in, to, goesOn);
        }
    }

    private Copied copy(FileChannel in, Sink to, BooleanSupplier goesOn) throws IOException {
        JournalReader reader = new JournalReader(in, in.size(), Location.BEFORE_START);
        List<Location> part = new ArrayList<>();
        Cutoffs cutoffs = expiry.cutoffs();
        long copied = 0;
        boolean more = true;
        while (more && goesOn.getAsBoolean()) {
            try {
                // What is no record was told of when it was replayed; what is appended meanwhile the store holds.
                more = reader.readSome(part::add, (from, end, blank) -> {});
            } catch (IOException e) {
                return new Copied(copied, e);
            }
            for (Location location : part) {
                if (!cutoffs.isPast(location) && isUnread(location)) {
                    to.take(location);
                    copied++;
                }
            }
            part.clear();
        }
        return new Copied(copied, null);
    }

    private boolean isUnread(Location location) {
        Location known = store.find(location);
        return known == null || Location.wins(location, known);
    }
}
