package dev.proxyherd.io;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What a file says, read again when its content changes, wherever links lead to it: as a whole, and only where there is no
 * fault in it; else what it said before holds, also where it has gone. Any threads ask; one at a time calls {@link #round}.
 */
public final class LiveFile<T> {
    /** How often somebody looks whether the file has changed. */
    public static final Duration PERIOD = Duration.ofSeconds(3);

    private final Path path;
    private final int maxBytes;
    private final Reading<T> reading;
    private final Consumer<String> notes;
    private final Consumer<String> warnings;
    private volatile T current;
    private byte[] seen;
    private @Nullable String lastFault;

    /** Makes sense of a file. */
    @FunctionalInterface
    public interface Reading<T> {
        /**
         * Reads all of it.
         *
         * @throws IOException if there is a fault in it; the message names the file, the place and the mend
         */
        T read(byte[] content) throws IOException;
    }

    /**
     * Reads the file.
     *
     * @param maxBytes what no such file is larger than
     * @param notes takes what has been done
     * @param warnings takes what a person should know
     * @throws IOException if it cannot be read, or there is a fault in it; the message names the file
     */
    public LiveFile(Path path, int maxBytes, Reading<T> reading, Consumer<String> notes, Consumer<String> warnings)
            throws IOException {
        this.path = path;
        this.maxBytes = maxBytes;
        this.reading = reading;
        this.notes = notes;
        this.warnings = warnings;
        this.seen = content(path, maxBytes);
        this.current = reading.read(seen);
    }

    /** The bytes of a file, which must be a regular one and no larger than this; the message names it. */
    public static byte[] content(Path path, int maxBytes) throws IOException {
        try {
            if (Files.size(path) > maxBytes) {
                throw new IOException(path + ": has more than " + maxBytes + " bytes");
            }
            if (!Files.isRegularFile(path)) {
                throw new IOException(path + ": is no file that can be read again");
            }
            return Files.readAllBytes(path);
        } catch (java.nio.file.FileSystemException e) {
            throw new IOException(FileReason.of(path, e), e);
        }
    }

    /** What it said when it was last read without fault. */
    public T current() {
        return current;
    }

    /** Waits for the next look, and looks; true, for there is always another. */
    public boolean round() throws InterruptedException {
        Thread.sleep(PERIOD);
        look();
        return true;
    }

    /** Reads the file again if it has changed. A fault is told once for as long as it stays. */
    public void look() {
        try {
            byte[] content = content(path, maxBytes);
            if (!Arrays.equals(content, seen)) {
                take(content);
            }
            lastFault = null;
        } catch (IOException e) {
            String fault = String.valueOf(e.getMessage());
            if (!fault.equals(lastFault)) {
                warnings.accept(fault + "; what it said before still holds");
            }
            lastFault = fault;
        }
    }

    private void take(byte[] content) throws IOException {
        try {
            current = reading.read(content);
        } catch (IOException e) {
            if (Arrays.equals(content, content(path, maxBytes))) {
                throw e;
            }
            return; // it is being written; the next look will tell
        }
        seen = content;
        notes.accept(path + " has changed, and counts as it is from now on");
    }
}
