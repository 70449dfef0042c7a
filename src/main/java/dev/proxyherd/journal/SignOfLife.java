package dev.proxyherd.journal;

import dev.proxyherd.io.OwnerOnly;
import dev.proxyherd.store.Expiry;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Tells how long a server was away: while it is among the others a file beside its journal says, again and again, what
 * time it is. A journal by itself does not tell, for nothing is written where nobody reports, and reports are written also
 * by a server that is not let in. For the journal's thread.
 */
final class SignOfLife {
    private static final Duration EVERY = Duration.ofSeconds(20);

    /** A clock may be this much behind after a restart; more, and nobody knows how long the server was away. */
    private static final Duration BEHIND = Duration.ofMinutes(1);

    private final Path file;
    private final Expiry expiry;
    private @Nullable Instant last;
    private long nextNanos = System.nanoTime();

    private SignOfLife(Path file, Expiry expiry, @Nullable Instant last) {
        this.file = file;
        this.expiry = expiry;
        this.last = last;
    }

    /** That of a journal; one that is empty, or not there, brings nobody back. */
    static SignOfLife of(Path journal, Expiry expiry) throws IOException {
        Path file = journal.resolveSibling(journal.getFileName() + ".alive");
        boolean holdsSomething = Files.isRegularFile(journal) && Files.size(journal) > 0;
        return new SignOfLife(file, expiry, holdsSomething ? last(file, journal) : null);
    }

    /** When the server was last there; long ago where that cannot be told. */
    private static Instant last(Path file, Path journal) throws IOException {
        try {
            return Instant.parse(Files.readString(file, StandardCharsets.ISO_8859_1).strip());
        } catch (NoSuchFileException ofAnEarlierBuild) {
            return Files.getLastModifiedTime(journal).toInstant();
        } catch (DateTimeException cutShort) {
            return Instant.EPOCH;
        }
    }

    /** Whether it was away for so long that clients may have been forgotten of which nobody knows that any more. */
    boolean isStale() {
        Instant then = last;
        if (then == null || expiry.forgetKeep().isZero()) {
            return false;
        }
        Duration away = Duration.between(then, expiry.clock().instant());
        return away.compareTo(expiry.forgetKeep()) > 0 || away.compareTo(BEHIND.negated()) < 0;
    }

    /** When it was last there, in words. */
    String lastText() {
        return String.valueOf(last);
    }

    /** Says that the server is there, if it is time to say so again; what it says is as long each time. */
    void give() throws IOException {
        if (System.nanoTime() - nextNanos >= 0) {
            nextNanos = System.nanoTime() + EVERY.toNanos();
            giveNow();
        }
    }

    /** Says so whatever was said when. */
    void giveNow() throws IOException {
        Instant now = expiry.clock().instant();
        String text = String.format(Locale.ROOT, "%s%n", Instant.ofEpochSecond(now.getEpochSecond()));
        try (FileChannel out =
                OwnerOnly.open(file, Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE))) {
            out.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.ISO_8859_1)), 0);
        }
        last = now;
    }
}
