package dev.proxyherd.journal;

import dev.proxyherd.protocol.SipHash;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A place in a journal, which tells whether another file is this journal too, or has grown out of it: it has the same bytes
 * before it. One that was written anew, cut, or put in its place is another one.
 *
 * @param bytes how many are before it
 * @param hash of the last of them
 */
public record JournalMark(long bytes, long hash) {
    private static final int HASHED = 4096;

    /** Null if the file is not to be read, or another has taken its name. */
    static @Nullable JournalMark of(Path path, CurrentFile.Written written) {
        try (FileChannel file = FileChannel.open(path, StandardOpenOption.READ)) {
            JournalMark mark = new JournalMark(written.bytes(), hash(file, written.bytes()));
            Object key = Files.readAttributes(path, BasicFileAttributes.class).fileKey();
            return Objects.equals(key, written.key()) ? mark : null;
        } catch (IOException e) {
            return null;
        }
    }

    /** Whether the file has this place. */
    boolean isIn(FileChannel file) throws IOException {
        return file.size() >= bytes && hash(file, bytes) == hash;
    }

    private static long hash(FileChannel file, long end) throws IOException {
        ByteBuffer last = ByteBuffer.allocate((int) Math.min(end, HASHED));
        long from = end - last.capacity();
        while (last.hasRemaining() && file.read(last, from + last.position()) >= 0) {
            // Goes on where it ended.
        }
        return SipHash.unkeyed().of(new String(last.array(), 0, last.position(), StandardCharsets.ISO_8859_1));
    }
}
