package dev.proxyherd.store;

import dev.proxyherd.protocol.Location;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.Consumer;
import java.util.zip.CRC32C;

/**
 * Reads a journal record by record. Damage in the middle is skipped and reported; damage that reaches the end is what a
 * crash leaves of a write under way, and is to be cut. One use.
 */
final class JournalReader {
    private static final int BUFFER = 1024 * 1024;

    private final InputStream in;
    private final long arrivedNanos;
    private final CRC32C crc = new CRC32C();
    private final byte[] buffer = new byte[BUFFER];
    private int filled;
    private long offset;
    private long damagedFrom = -1;
    private long records;

    /**
     * What was found.
     *
     * @param records how many whole records
     * @param end where the last of them ends, in bytes from the start
     * @param tornBytes what follows it
     */
    record Result(long records, long end, long tornBytes) {
    }

    /** @param arrivedNanos when the locations arrived */
    JournalReader(InputStream in, long arrivedNanos) {
        this.in = in;
        this.arrivedNanos = arrivedNanos;
    }

    /** @param damage takes the offsets, from inclusive and to exclusive, of damage between whole records */
    Result read(Consumer<Location> locations, DamageReport damage) throws IOException {
        for (int count = fill(); count > 0; count = fill()) {
            int from = 0;
            for (int lf = indexOfLf(from); lf >= 0; lf = indexOfLf(from)) {
                take(from, lf, locations, damage);
                from = lf + 1;
            }
            if (from == 0 && filled == BUFFER) {
                markDamaged(0);
                from = filled;
            }
            System.arraycopy(buffer, from, buffer, 0, filled - from);
            filled -= from;
            offset += from;
        }
        long length = offset + filled;
        long end = damagedFrom >= 0 ? damagedFrom : offset;
        return new Result(records, end, length - end);
    }

    private int fill() throws IOException {
        int count = in.read(buffer, filled, BUFFER - filled);
        filled += Math.max(count, 0);
        return count;
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
            markDamaged(from);
            return;
        }
        if (damagedFrom >= 0) {
            damage.damaged(damagedFrom, offset + from);
            damagedFrom = -1;
        }
        records++;
        locations.accept(location);
    }

    private void markDamaged(int from) {
        if (damagedFrom < 0) {
            damagedFrom = offset + from;
        }
    }

    /** Takes the place of damage. */
    interface DamageReport {
        void damaged(long from, long to);
    }
}
