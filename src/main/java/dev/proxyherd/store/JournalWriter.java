package dev.proxyherd.store;

import dev.proxyherd.protocol.Location;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The journal's files. What changes goes to the end of the current file. When most of that is outdated, or it could not
 * be written, a new file is written from the store, a part in each round while changes go to both; when it is complete
 * it takes the current one's name. All but the status is for the journal's thread.
 */
public final class JournalWriter implements AutoCloseable {
    /** A file is written anew when it holds this many times the records of the store, and {@link #SPARE_RECORDS} more. */
    private static final int OUTDATED_FACTOR = 2;

    private static final int SPARE_RECORDS = 20_000;
    private static final int COMPACT_PER_ROUND = 20_000;
    private static final int MAX_DAMAGE_NOTES = 20;
    private static final long RETRY_NANOS = 1_000_000_000L;
    private static final long COMPACT_RETRY_NANOS = 60_000_000_000L;

    private final Path path;
    private final LocationStore store;
    private final Expiry expiry;
    private final Consumer<String> notes;

    private JournalFile current;
    private JournalFile next;
    private int nextBucket;

    /** What has changed while the new file is written. */
    private final List<Location> meanwhile = new ArrayList<>();
    private long retryAt = System.nanoTime();
    private volatile long bytes;
    private volatile long records;
    private volatile String failure;

    /** @param notes takes what a person should know */
    public JournalWriter(Path path, LocationStore store, Expiry expiry, Consumer<String> notes) {
        this.path = path;
        this.store = store;
        this.expiry = expiry;
        this.notes = notes;
    }

    /** Merges what the file holds into the store, and opens it for what will come. */
    void replay() {
        try {
            Files.deleteIfExists(draft());
            if (!Files.exists(path)) {
                current = JournalFile.open(path, 0, 0);
                syncFolder();
                return;
            }
            JournalReader.Result result = read();
            current = JournalFile.open(path, result.records(), result.end());
            if (result.tornBytes() > 0) {
                notes.accept("journal: cut " + result.tornBytes() + " bytes of an unfinished write at offset "
                        + result.end());
            }
            notes.accept("journal: " + result.records() + " records replayed, " + store.size() + " clients known");
        } catch (IOException e) {
            setAside(e);
        }
        publish();
    }

    private JournalReader.Result read() throws IOException {
        long cutoff = expiry.cutoffNanos();
        int[] damages = {0};
        try (InputStream in = Files.newInputStream(path)) {
            return new JournalReader(in, Location.BEFORE_START).read(location -> {
                if (location.timeNanos() >= cutoff) {
                    store.merge(location);
                }
            }, (from, to) -> {
                if (damages[0]++ < MAX_DAMAGE_NOTES) {
                    notes.accept("journal: " + (to - from) + " bytes at offset " + from
                            + " are damaged and were skipped; neighbours will teach what they held");
                }
            });
        }
    }

    /** A file that cannot be read may still hold what nobody else knows: it is kept under another name. */
    private void setAside(IOException e) {
        fail(e);
        try {
            Path aside = path.resolveSibling(path.getFileName() + ".unreadable");
            Files.move(path, aside, StandardCopyOption.REPLACE_EXISTING);
            notes.accept("journal: " + path + " could not be read to its end; it is kept as " + aside);
        } catch (IOException cannotEvenBeMoved) {
            notes.accept("journal: " + path + " can be neither read nor moved: " + cannotEvenBeMoved);
        }
    }

    /** Appends the newest locations of the clients that have changed, and syncs; what fails is tried again later. */
    void round(Set<String> changed, boolean sync) {
        try {
            append(changed);
            if (current != null) {
                finish(current, sync);
            }
        } catch (IOException e) {
            fail(e);
        }
        try {
            compact();
        } catch (IOException e) {
            failToCompact(e);
        }
        publish();
    }

    private void append(Set<String> changed) throws IOException {
        for (Iterator<String> clients = changed.iterator(); clients.hasNext();) {
            String client = clients.next();
            clients.remove();
            Location location = store.find(client);
            if (location != null && current != null) {
                current.append(location);
            }
            if (location != null && next != null) {
                meanwhile.add(location);
            }
        }
    }

    private static void finish(JournalFile file, boolean sync) throws IOException {
        if (sync) {
            file.sync();
        } else {
            file.flush();
        }
    }

    private void compact() throws IOException {
        if (next == null) {
            boolean due = current == null
                    || current.records() > OUTDATED_FACTOR * (long) store.size() + SPARE_RECORDS;
            if (due && System.nanoTime() - retryAt >= 0) {
                startAnew();
            }
            return;
        }
        for (Location location : meanwhile) {
            next.append(location);
        }
        meanwhile.clear();
        long until = next.records() + COMPACT_PER_ROUND;
        while (nextBucket < LocationStore.BUCKETS && next.records() < until) {
            for (Location location : store.bucket(nextBucket)) {
                next.append(location);
            }
            nextBucket++;
        }
        next.sync();
        if (nextBucket == LocationStore.BUCKETS) {
            Files.move(draft(), path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            syncFolder();
            closeCurrent();
            current = next;
            next = null;
            if (failure != null) {
                failure = null;
                notes.accept("journal: written anew, " + current.records() + " records; all is well again");
            }
        }
    }

    private void startAnew() throws IOException {
        next = JournalFile.open(draft(), 0, 0);
        nextBucket = 0;
    }

    /** Gives the files up: after a failed write or sync nobody knows what of them is on the disk. */
    private void fail(IOException e) {
        if (failure == null) {
            notes.accept("journal: cannot write " + path + ": " + e.getMessage()
                    + "; answers go on without it, and it is tried again");
        }
        failure = String.valueOf(e.getMessage());
        closeCurrent();
        closeNext();
        retryAt = System.nanoTime() + RETRY_NANOS;
    }

    /** A new file that cannot be written is no reason to give up one that can: there may be no room for both. */
    private void failToCompact(IOException e) {
        if (current == null) {
            fail(e);
            return;
        }
        closeNext();
        retryAt = System.nanoTime() + COMPACT_RETRY_NANOS;
        notes.accept("journal: cannot write it anew: " + e.getMessage() + "; it goes on in the old file");
        try {
            Files.deleteIfExists(draft());
        } catch (IOException inTheWay) {
            // The next try says so.
        }
    }

    private void closeNext() {
        if (next != null) {
            next.close();
            next = null;
        }
        meanwhile.clear();
    }

    private void closeCurrent() {
        if (current != null) {
            current.close();
            current = null;
        }
    }

    private Path draft() {
        return path.resolveSibling(path.getFileName() + ".new");
    }

    /** Makes a rename survive a crash; not every file system lets a folder be opened for that. */
    private void syncFolder() {
        try (FileChannel folder = FileChannel.open(path.toAbsolutePath().getParent(), StandardOpenOption.READ)) {
            folder.force(true);
        } catch (IOException notHere) {
            // The name is then as safe as this file system makes it.
        }
    }

    private void publish() {
        bytes = current == null ? 0 : current.bytes();
        records = current == null ? 0 : current.records();
    }

    boolean isCompacting() {
        return next != null;
    }

    long bytes() {
        return bytes;
    }

    long records() {
        return records;
    }

    String failure() {
        return failure;
    }

    @Override
    public void close() {
        closeCurrent();
        closeNext();
    }
}
