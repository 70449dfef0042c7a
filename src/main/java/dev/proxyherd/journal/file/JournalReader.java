package dev.proxyherd.journal.file;

import dev.proxyherd.protocol.Location;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.function.Consumer;
import java.util.zip.CRC32C;

/** Reads a journal record by record, skipping what is damaged and reporting where. One use. */
public final class JournalReader {
    private static final int BUFFER = 1024 * 1024;

    private final FileChannel in;
    private final long length;
    private final long arrivedNanos;
    private final CRC32C crc = new CRC32C();
    private final byte[] buffer = new byte[BUFFER];
    private int filled;
    private long offset;
    private long damagedFrom = -1;
    private boolean blank;
    private long records;

    /**
     * @param length how many bytes to read; what is appended after them meanwhile does not count
     * @param arrivedNanos when the locations arrived
     */
    public JournalReader(FileChannel in, long length, long arrivedNanos) {
        this(in, 0, length, arrivedNanos);
    }

    /**
     * The same, without what is before an offset.
     *
     * @param from where a record begins
     * @param length where to end
     */
    public JournalReader(FileChannel in, long from, long length, long arrivedNanos) {
        this.in = in;
        this.offset = from;
        this.length = length;
        this.arrivedNanos = arrivedNanos;
    }

    /** Reads one part; false when nothing is left. */
    public boolean readSome(Consumer<Location> locations, DamageReport damage) throws IOException {
        if (!fill()) {
            if (filled > 0) {
                markDamaged(0, filled);
            }
            endDamage(offset + filled, damage);
            return false;
        }
        int from = 0;
        for (int lf = indexOfLf(from); lf >= 0; lf = indexOfLf(from)) {
            take(from, lf, locations, damage);
            from = lf + 1;
        }
        if (from == 0 && filled == BUFFER) {
            markDamaged(0, filled);
            from = filled;
        }
        System.arraycopy(buffer, from, buffer, 0, filled - from);
        filled -= from;
        offset += from;
        return true;
    }

    /** How many whole records have been read. */
    public long records() {
        return records;
    }

    private boolean fill() throws IOException {
        int wanted = (int) Math.min(BUFFER - filled, length - offset - filled);
        int count = wanted == 0 ? 0 : read(in, ByteBuffer.wrap(buffer, filled, wanted), offset + filled);
        filled += count;
        return count > 0;
    }

    /** Reads until the buffer is full or the file ends; returns how many bytes that were. */
    static int read(FileChannel file, ByteBuffer to, long from) throws IOException {
        int before = to.position();
        int count;
        do {
            count = file.read(to, from + to.position() - before);
        } while (count >= 0 && to.hasRemaining());
        return to.position() - before;
    }

    private int indexOfLf(int from) {
        for (int i = from; i < filled; i++) {
            if (buffer[i] == '\n') {
                return i;
            }
        }
        return -1;
    }

    private void take(int from, int to, Consumer<Location> locations, DamageReport damage) {
        Location location = JournalRecord.parse(buffer, from, to, crc, arrivedNanos);
        if (location == null) {
            markDamaged(from, to);
            return;
        }
        endDamage(offset + from, damage);
        records++;
        locations.accept(location);
    }

    private void markDamaged(int from, int to) {
        if (damagedFrom < 0) {
            damagedFrom = offset + from;
            blank = true;
        }
        blank = blank && JournalRecord.isBlank(buffer, from, to);
    }

    private void endDamage(long end, DamageReport damage) {
        if (damagedFrom >= 0) {
            damage.damaged(damagedFrom, end, blank);
            damagedFrom = -1;
        }
    }

    /** Takes the offsets, from inclusive and to exclusive, of what is damaged; blank if zeros are all there is. */
    public interface DamageReport {
        void damaged(long from, long to, boolean blank);
    }
}
