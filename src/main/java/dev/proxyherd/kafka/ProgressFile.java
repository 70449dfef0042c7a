package dev.proxyherd.kafka;

import dev.proxyherd.io.OwnerOnly;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.LongBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Where a server keeps its {@link Progress}, beside its journal: a small file that is replaced as a whole, and one of the keys
 * under which it has published, which grows at its end. What is not whole or does not fit counts as nothing: then all of the topic
 * is read. One thread at a time.
 */
public final class ProgressFile {
    /** A file of keys that has so many more than there are is written anew. */
    private static final int SPARE_KEYS = 65_536;

    private static final Set<StandardOpenOption> NEW = Set.of(StandardOpenOption.WRITE, StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING);

    private final Path file;
    private final Path keysFile;
    private final RandomGenerator random;

    /** Of the file of keys; 0 before it is known. */
    private long keysId;
    private int keys;

    /**
     * @param file its name; that of the keys is one that begins so
     * @param random names files of keys
     */
    public ProgressFile(Path file, RandomGenerator random) {
        this.file = file;
        this.keysFile = file.resolveSibling(file.getFileName() + "-keys");
        this.random = random;
    }

    /** What was kept, whose keys are in the outbox then; null if there is nothing of use. */
    public @Nullable Progress read(Outbox outbox) {
        try {
            Progress.Written found = Progress.parse(Files.readString(file));
            if (found == null) {
                return null;
            }
            outbox.restoreKeys(readKeys(found));
            keysId = found.keysId();
            keys = found.keys();
            return found.progress();
        } catch (IOException | IllegalArgumentException e) {
            return null;
        }
    }

    private long[] readKeys(Progress.Written of) throws IOException {
        try (FileChannel in = FileChannel.open(keysFile, StandardOpenOption.READ)) {
            ByteBuffer bytes = ByteBuffer.allocate((of.keys() + 1) * Long.BYTES);
            while (bytes.hasRemaining() && in.read(bytes) >= 0) {
                // Goes on where it ended.
            }
            LongBuffer longs = bytes.flip().asLongBuffer();
            if (longs.remaining() != of.keys() + 1 || longs.get() != of.keysId()) {
                throw new NoSuchFileException("the keys are not those");
            }
            long[] all = new long[of.keys()];
            longs.get(all);
            return all;
        }
    }

    /** Keeps it; when this returns it outlives a crash. */
    public void write(Progress progress, Outbox outbox) throws IOException {
        long[] fresh = outbox.takeFreshKeys();
        try {
            if (fresh == null || keysId == 0 || keys > 2L * outbox.keyCount() + SPARE_KEYS) {
                writeAllKeys(outbox.allKeys());
            } else if (fresh.length > 0) {
                append(fresh);
            }
            Path draft = draft();
            try (FileChannel out = OwnerOnly.open(draft, NEW)) {
                writeAll(out, StandardCharsets.UTF_8.encode(progress.text(keysId + " " + keys)));
            }
            Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            // What was fresh is in no file: the next time all are written.
            keysId = 0;
            throw e;
        }
    }

    private Path draft() {
        return file.resolveSibling(file.getFileName() + ".new");
    }

    private void append(long[] fresh) throws IOException {
        try (FileChannel out = OwnerOnly.open(keysFile, Set.of(StandardOpenOption.WRITE))) {
            out.position((keys + 1L) * Long.BYTES);
            writeAll(out, bytes(fresh, 0));
        }
        keys += fresh.length;
    }

    private void writeAllKeys(long[] all) throws IOException {
        Path draft = draft();
        long id = random.nextLong() | 1;
        try (FileChannel out = OwnerOnly.open(draft, NEW)) {
            ByteBuffer bytes = bytes(all, 1);
            bytes.putLong(0, id);
            writeAll(out, bytes);
        }
        Files.move(draft, keysFile, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        keysId = id;
        keys = all.length;
    }

    private static ByteBuffer bytes(long[] longs, int before) {
        ByteBuffer bytes = ByteBuffer.allocate((longs.length + before) * Long.BYTES);
        bytes.asLongBuffer().put(before, longs);
        return bytes;
    }

    private static void writeAll(FileChannel out, ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            out.write(bytes);
        }
        out.force(false);
    }
}
