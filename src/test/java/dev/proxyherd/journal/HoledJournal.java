package dev.proxyherd.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A journal that takes long to replay: it starts with a hole, zeros that take no room on the disk. */
public final class HoledJournal {
    /** Takes some tenths of a second to replay, less than a question waits for even on a busy machine. */
    public static final long SHORT = 256L << 20;

    /** Takes a minute or so: no test waits for its end. */
    public static final long LONG = 100L << 30;

    private HoledJournal() {
    }

    /** Puts a hole of this many bytes before what the journal holds. */
    public static void dig(Path journal, long bytes) throws IOException {
        byte[] records = Files.exists(journal) ? Files.readAllBytes(journal) : new byte[0];
        Files.deleteIfExists(journal);
        try (FileChannel file = FileChannel.open(journal, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE,
                StandardOpenOption.SPARSE)) {
            file.write(ByteBuffer.wrap(new byte[] {'\n'}), bytes - 1);
            file.write(ByteBuffer.wrap(records), bytes);
        }
    }

    /** Takes the hole out again; all else stays. */
    public static void fill(Path journal, long bytes) throws IOException {
        byte[] rest = after(journal, bytes);
        Files.delete(journal);
        Files.write(journal, rest);
    }

    /** What the journal holds after the hole. */
    public static byte[] after(Path journal, long bytes) throws IOException {
        try (FileChannel file = FileChannel.open(journal, StandardOpenOption.READ)) {
            ByteBuffer rest = ByteBuffer.allocate((int) (file.size() - bytes));
            file.read(rest, bytes);
            return rest.array();
        }
    }
}
