package dev.proxyherd.store;

import dev.proxyherd.protocol.Location;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;

/** Merges what a journal file holds into the store, and tells what a person should know about it. One use. */
final class JournalReplay {
    private static final int MAX_DAMAGE_NOTES = 20;

    private final Path path;
    private final LocationStore store;
    private final Expiry expiry;
    private final Consumer<String> notes;
    private int damages;
    private long damagedBytes;

    JournalReplay(Path path, LocationStore store, Expiry expiry, Consumer<String> notes) {
        this.path = path;
        this.store = store;
        this.expiry = expiry;
        this.notes = notes;
    }

    /**
     * Reads the file to its end.
     *
     * @return what was found, or null when the file cannot be read; it is then kept under another name, for it may still
     *     hold what nobody else knows
     */
    JournalReader.Result run() {
        long cutoff = expiry.cutoffNanos();
        try (InputStream in = Files.newInputStream(path)) {
            JournalReader reader = new JournalReader(in, Location.BEFORE_START);
            JournalReader.Result result = reader.read(location -> {
                if (location.timeNanos() >= cutoff) {
                    store.merge(location);
                }
            }, this::noteDamage);
            noteResult(result);
            return result;
        } catch (IOException e) {
            setAside(e);
            return null;
        }
    }

    private void noteDamage(long from, long to) {
        damagedBytes += to - from;
        if (damages++ < MAX_DAMAGE_NOTES) {
            notes.accept("journal: " + (to - from) + " bytes at offset " + from
                    + " are damaged and were skipped; neighbours will teach what they held");
        }
    }

    private void noteResult(JournalReader.Result result) {
        if (result.tornBytes() > 0) {
            notes.accept("journal: cut " + result.tornBytes() + " bytes of an unfinished write at offset " + result.end());
        }
        String damage = damages == 0 ? "" : ", " + damagedBytes + " bytes in " + damages + " places damaged";
        notes.accept("journal: " + result.records() + " records replayed, " + store.size() + " clients known" + damage);
    }

    private void setAside(IOException reason) {
        Path aside = path.resolveSibling(path.getFileName() + ".unreadable-" + expiry.clock().millis());
        try {
            Files.move(path, aside);
            notes.accept("journal: " + path + " cannot be read to its end (" + reason + "); it is kept as " + aside);
        } catch (IOException e) {
            notes.accept("journal: " + path + " can be neither read (" + reason + ") nor moved (" + e + ")");
        }
    }
}
