package dev.proxyherd.store;

import dev.proxyherd.protocol.Location;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.zip.CRC32C;

/**
 * The end of a journal, looked at before the rest: a crash leaves part of a write there, and what comes next must not
 * follow on it.
 *
 * @param end where the last whole record ends, in bytes from the start; the file's length when there is none in reach,
 *     for so much is more than an unfinished write, and better kept
 * @param tornBytes what follows it
 * @param lacksLf whether what is before {@code end} lacks its LF
 */
record JournalTail(long end, long tornBytes, boolean lacksLf) {
    /** Many times the longest record. */
    private static final int REACH = 1024 * 1024;

    static JournalTail of(Path path) throws IOException {
        try (FileChannel file = FileChannel.open(path, StandardOpenOption.READ)) {
            long length = file.size();
            byte[] tail = new byte[(int) Math.min(length, REACH)];
            long start = length - tail.length;
            read(file, start, tail);
            int whole = wholeEnd(tail);
            if (whole == 0 && start > 0) {
                return new JournalTail(length, 0, tail[tail.length - 1] != '\n');
            }
            return new JournalTail(start + whole, tail.length - whole, false);
        }
    }

    private static void read(FileChannel file, long from, byte[] to) throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(to);
        while (buffer.hasRemaining() && file.read(buffer, from + buffer.position()) >= 0) {
            continue;
        }
    }

    /** Where the last whole record in these bytes ends, or 0. */
    private static int wholeEnd(byte[] tail) {
        CRC32C crc = new CRC32C();
        int lf = lastLf(tail, tail.length);
        while (lf >= 0) {
            int before = lastLf(tail, lf);
            if (JournalRecord.parse(tail, before + 1, lf, crc, Location.BEFORE_START) != null) {
                return lf + 1;
            }
            lf = before;
        }
        return 0;
    }

    private static int lastLf(byte[] bytes, int before) {
        int i = before - 1;
        while (i >= 0 && bytes[i] != '\n') {
            i--;
        }
        return i;
    }
}
