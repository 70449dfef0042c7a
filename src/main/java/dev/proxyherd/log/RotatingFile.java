package dev.proxyherd.log;

import dev.proxyherd.io.OwnerOnly;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A file that is appended to and, when it has grown to its share of the disk, becomes {@code name.1}; the former
 * {@code name.1} becomes {@code name.2}, and so on; the oldest goes. One thread only.
 */
final class RotatingFile {
    /** How many files there are at most, the current one included. */
    static final int FILES = 4;

    private static final byte[] LF = {'\n'};

    private final Path path;
    private final long maxFileBytes;
    private @Nullable FileChannel out;
    private long size;

    /** Whether the last line there has no end. */
    private boolean torn;

    /** Whether a write has failed, which may have gone half way. */
    private boolean unsure;

    private RotatingFile(Path path, long maxFileBytes) {
        this.path = path;
        this.maxFileBytes = maxFileBytes;
    }

    static RotatingFile open(Path path, long maxBytes) throws IOException {
        RotatingFile file = new RotatingFile(path, maxBytes / FILES);
        file.reopen();
        for (int i = 1; i < FILES; i++) {
            OwnerOnly.tighten(file.numbered(i));
        }
        return file;
    }

    private FileChannel reopen() throws IOException {
        FileChannel opened = OwnerOnly.open(path, Set.of(StandardOpenOption.CREATE, StandardOpenOption.APPEND));
        out = opened;
        measure();
        return opened;
    }

    private void measure() throws IOException {
        size = Files.size(path);
        torn = size > 0 && lastByte() != '\n';
        unsure = false;
    }

    private int lastByte() throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "r")) {
            file.seek(size - 1);
            return file.read();
        }
    }

    /** Appends whole lines, the first of them after the end of what is there, should that be torn. */
    void write(ByteBuffer lines) throws IOException {
        FileChannel to = makeSure();
        if (size > 0 && size + (torn ? 1 : 0) + lines.remaining() > maxFileBytes) {
            to = rotate();
        }
        unsure = true;
        if (torn) {
            writeAll(to, ByteBuffer.wrap(LF));
            torn = false;
        }
        writeAll(to, lines);
        unsure = false;
    }

    private void writeAll(FileChannel to, ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            size += to.write(bytes);
        }
    }

    private FileChannel makeSure() throws IOException {
        if (unsure && !Files.exists(path)) {
            // Somebody has deleted it, perhaps to make room: what is written there would not be found.
            close();
        }
        FileChannel current = out;
        if (current == null) {
            return reopen();
        }
        if (unsure) {
            measure();
        }
        return current;
    }

    private FileChannel rotate() throws IOException {
        close();
        for (int i = FILES - 2; i >= 0; i--) {
            Path from = numbered(i);
            if (Files.exists(from)) {
                Files.move(from, numbered(i + 1), StandardCopyOption.REPLACE_EXISTING);
            }
        }
        return reopen();
    }

    private Path numbered(int number) {
        return number == 0 ? path : path.resolveSibling(path.getFileName() + "." + number);
    }

    void close() {
        FileChannel closing = out;
        out = null;
        try {
            if (closing != null) {
                closing.close();
            }
        } catch (IOException ignored) {
            // Unbuffered: all that could be written has been.
        }
    }
}
