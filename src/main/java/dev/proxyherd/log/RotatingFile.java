package dev.proxyherd.log;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * A file that is appended to and, when it has grown to its share of the disk, becomes {@code name.1}; the former
 * {@code name.1} becomes {@code name.2}, and so on; the oldest goes. One thread only.
 */
final class RotatingFile {
    /** How many files there are at most, the current one included. */
    static final int FILES = 4;

    private final Path path;
    private final long maxFileBytes;
    private OutputStream out;
    private long size;

    private RotatingFile(Path path, long maxFileBytes) {
        this.path = path;
        this.maxFileBytes = maxFileBytes;
    }

    static RotatingFile open(Path path, long maxBytes) throws IOException {
        RotatingFile file = new RotatingFile(path, maxBytes / FILES);
        file.reopen();
        return file;
    }

    private void reopen() throws IOException {
        out = Files.newOutputStream(path, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        size = Files.size(path);
    }

    /** Appends whole lines. */
    void write(byte[] bytes, int length) throws IOException {
        if (out == null) {
            reopen();
        }
        if (size > 0 && size + length > maxFileBytes) {
            rotate();
        }
        out.write(bytes, 0, length);
        size += length;
    }

    private void rotate() throws IOException {
        close();
        for (int i = FILES - 2; i >= 0; i--) {
            Path from = numbered(i);
            if (Files.exists(from)) {
                Files.move(from, numbered(i + 1), StandardCopyOption.REPLACE_EXISTING);
            }
        }
        reopen();
    }

    private Path numbered(int number) {
        return number == 0 ? path : path.resolveSibling(path.getFileName() + "." + number);
    }

    void close() {
        try {
            if (out != null) {
                out.close();
            }
        } catch (IOException ignored) {
            // Unbuffered: all that could be written has been.
        }
        out = null;
    }
}
