package dev.proxyherd.store;

import dev.proxyherd.protocol.Location;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A new journal file that is written from the store beside the current one, a part at a time, and with each part what
 * has changed meanwhile. One thread only.
 */
final class JournalRewrite implements AutoCloseable {
    private static final int RECORDS_PER_PART = 20_000;

    private final LocationStore store;
    private final JournalFile file;
    private final List<Location> meanwhile = new ArrayList<>();
    private int nextBucket;

    JournalRewrite(Path draft, LocationStore store) throws IOException {
        this.store = store;
        this.file = JournalFile.open(draft, 0);
    }

    /** Says that a location has changed, which may be in a part that is written already. */
    void note(Location location) {
        meanwhile.add(location);
    }

    /** Writes the next part and syncs it; whether the file is complete then. */
    boolean writePart(Bursts bursts) throws IOException {
        for (Location location : meanwhile) {
            file.append(location);
            bursts.count();
        }
        meanwhile.clear();
        long until = file.records() + RECORDS_PER_PART;
        while (nextBucket < LocationStore.BUCKETS && file.records() < until) {
            for (Location location : store.bucket(nextBucket)) {
                file.append(location);
                bursts.count();
            }
            nextBucket++;
        }
        file.sync();
        return nextBucket == LocationStore.BUCKETS;
    }

    /** The file; whoever goes on with it closes it. */
    JournalFile file() {
        return file;
    }

    @Override
    public void close() {
        file.close();
    }
}
