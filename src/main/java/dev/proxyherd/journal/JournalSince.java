package dev.proxyherd.journal;

import dev.proxyherd.journal.file.JournalReader;
import dev.proxyherd.protocol.Location;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What a journal got after a mark, as it was when this was opened; before the journal's start. One use. */
public final class JournalSince implements AutoCloseable {
    private final FileChannel file;
    private final long from;
    private final long end;

    private JournalSince(FileChannel file, long from, long end) {
        this.file = file;
        this.from = from;
        this.end = end;
    }

    /** Null if the mark is none of this journal's, or the file cannot be read. */
    public static @Nullable JournalSince open(Path path, JournalMark mark) {
        try {
            FileChannel file = FileChannel.open(path, StandardOpenOption.READ);
            if (mark.isIn(file)) {
                return new JournalSince(file, mark.bytes(), file.size());
            }
            file.close();
        } catch (IOException none) {
            // Whoever reads all of it says why not.
        }
        return null;
    }

    /** Gives all locations; what is damaged is left out. May take long. */
    public void read(Consumer<Location> to) throws IOException {
        JournalReader reader = new JournalReader(file, from, end, Location.BEFORE_START);
        boolean more = true;
        while (more) {
            more = reader.readSome(to, (damagedFrom, damagedTo, blank) -> {});
        }
    }

    @Override
    public void close() {
        try {
            file.close();
        } catch (IOException ignored) {
            // It was only read.
        }
    }
}
