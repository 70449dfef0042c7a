package dev.proxyherd.fences.file;

import dev.proxyherd.fences.FenceGeometry;
import dev.proxyherd.fences.FencedArea;
import dev.proxyherd.fences.Fences;
import dev.proxyherd.log.Endless;
import dev.proxyherd.log.Faults;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The fences of a file, as they are now: read again when it has changed, wherever links lead to it. With a fault anywhere in it
 * nothing changes. Any thread may ask; from {@link #begin} on a daemon thread of its own, {@code fences file}, looks.
 */
public final class FencesFile {
    /** How often it is looked at. */
    public static final Duration PERIOD = Duration.ofSeconds(3);

    /** A file that was written to so shortly before it was read may have been written to since without a later time. */
    private static final Duration COARSE = Duration.ofSeconds(2);

    private final Path path;
    private final FenceGeometry geometry;
    private final InstantSource clock;
    private final Consumer<String> notes;
    private final Consumer<String> warnings;
    private volatile Fences current;

    /** Null where it is to be read in any case. */
    private @Nullable Stamp seen;
    private @Nullable String lastFault;

    /** What tells that a file is another than before. */
    private record Stamp(long size, Instant written, @Nullable Object key) {
        static Stamp of(Path path) throws IOException {
            BasicFileAttributes now = Files.readAttributes(path, BasicFileAttributes.class);
            return new Stamp(now.size(), now.lastModifiedTime().toInstant(), now.fileKey());
        }
    }

    /**
     * Reads the file.
     *
     * @param notes takes what has been done
     * @param warnings takes what a person should know
     * @throws IOException if it cannot be used; the message names it and the place
     */
    public FencesFile(Path path, FenceGeometry geometry, InstantSource clock, Consumer<String> notes,
            Consumer<String> warnings) throws IOException {
        this.path = path;
        this.geometry = geometry;
        this.clock = clock;
        this.notes = notes;
        this.warnings = warnings;
        Instant began = clock.instant();
        // In this order a change in between is seen at the first look.
        Stamp stamp = Files.exists(path) ? Stamp.of(path) : null;
        this.current = FenceReader.read(path, geometry);
        this.seen = settled(stamp, began);
    }

    private static @Nullable Stamp settled(@Nullable Stamp stamp, Instant began) {
        return stamp != null && stamp.written.isBefore(began.minus(COARSE)) ? stamp : null;
    }

    /** The fences, as they were last read without fault. */
    public Fences current() {
        return current;
    }

    /**
     * Begins to look.
     *
     * @param faults is told what the thread survives
     */
    public void begin(Faults faults) {
        Thread.ofPlatform().daemon().name("fences file").start(new Endless("fences file", faults, () -> {
            Thread.sleep(PERIOD);
            look();
            return true;
        }));
    }

    /** Reads the file again if it may have changed. A fault is told once for as long as it stays. */
    void look() {
        try {
            Instant began = clock.instant();
            Stamp stamp = Files.exists(path) ? Stamp.of(path) : null;
            if (stamp != null && stamp.equals(seen)) {
                return;
            }
            take(stamp, began);
            lastFault = null;
        } catch (IOException e) {
            String fault = String.valueOf(e.getMessage());
            if (!fault.equals(lastFault)) {
                warnings.accept(fault + "; the fences from before stay");
            }
            lastFault = fault;
        }
    }

    private void take(@Nullable Stamp stamp, Instant began) throws IOException {
        Fences next;
        try {
            next = FenceReader.read(path, geometry);
        } catch (IOException e) {
            // While it is being written there may be any fault in it; the next look will tell.
            if (stamp != null && Files.exists(path) && !stamp.equals(Stamp.of(path))) {
                return;
            }
            throw e;
        }
        seen = settled(stamp, began);
        if (!fences(next).equals(fences(current))) {
            current = next;
            notes.accept(path + " has changed: " + next.areas().size() + " fences are followed from now on");
        }
    }

    private static List<?> fences(Fences of) {
        return of.areas().stream().map(FencedArea::fence).toList();
    }
}
