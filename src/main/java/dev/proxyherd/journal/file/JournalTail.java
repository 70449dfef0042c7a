package dev.proxyherd.journal.file;

import dev.proxyherd.protocol.Location;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.Arrays;
import java.util.zip.CRC32C;

/**
 * The end of a journal, looked at before the rest: a crash leaves part of a write there, and what comes next must not
 * follow on it. Only what looks like that is cut: the beginning of a record, or zeros, or the one and then the other.
 *
 * @param end where what is kept ends, in bytes from the start
 * @param tornBytes what follows it, to be cut
 * @param lacksLf whether what is before {@code end} lacks its LF
 * @param foreign whether there is no record in the file, but something else: it is no journal that this version knows
 */
public record JournalTail(long end, long tornBytes, boolean lacksLf, boolean foreign) {
    /** Many times the longest record. */
    private static final int REACH = 1024 * 1024;

    public static JournalTail of(FileChannel file) throws IOException {
        long length = file.size();
        byte[] tail = new byte[(int) Math.min(length, REACH)];
        long start = length - tail.length;
        JournalReader.read(file, ByteBuffer.wrap(tail), start);
        int whole = wholeEnd(tail);
        if ((whole > 0 || start == 0) && isUnfinished(tail, whole)) {
            return new JournalTail(start + whole, tail.length - whole, false, false);
        }
        boolean foreign = whole == 0 && !isBlank(tail, 0) && (start == 0 || !holdsARecord(file, length));
        return new JournalTail(length, 0, tail[tail.length - 1] != '\n', foreign);
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

    /** Whether a write that did not come to its end may have left what follows. */
    private static boolean isUnfinished(byte[] tail, int from) {
        int end = tail.length;
        while (end > from && tail[end - 1] == 0) {
            end--;
        }
        return isBlank(tail, from) || JournalRecord.isBeginning(tail, from, end);
    }

    private static boolean isBlank(byte[] tail, int from) {
        return JournalRecord.isBlank(tail, from, tail.length);
    }

    private static boolean holdsARecord(FileChannel file, long length) throws IOException {
        JournalReader reader = new JournalReader(file, length, Location.BEFORE_START);
        boolean goesOn;
        do {
            goesOn = reader.readSome(location -> {}, (from, to, blank) -> {});
        } while (goesOn && reader.records() == 0);
        return reader.records() > 0;
    }

    /** Says of a file without records what it seems to be, and how to repair it. */
    public static ForeignContent foreignContent(FileChannel file) throws IOException {
        ByteBuffer head = ByteBuffer.allocate(REACH);
        return ForeignContent.of(Arrays.copyOf(head.array(), JournalReader.read(file, head, 0)));
    }
}
