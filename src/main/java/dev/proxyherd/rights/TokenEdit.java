package dev.proxyherd.rights;

import dev.proxyherd.io.FileReason;
import dev.proxyherd.io.LiveFile;
import dev.proxyherd.io.OwnerOnly;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Changes a file of tokens as a whole: servers that read it meanwhile find what was there or what is, and nothing that others write
 * at the same time is lost. Those who change it by this take turns at a lock beside it; a file that somebody saves in an editor
 * meanwhile is read again. What is written anew belongs to whom it did, and is for its owner, or the group that could read it.
 */
public final class TokenEdit {
    /** How long to wait for others who change the file; each takes some milliseconds. */
    private static final Duration LOCK_LIMIT = Duration.ofSeconds(10);

    private static final Duration LOCK_PACE = Duration.ofMillis(20);

    /** How often somebody else may save the file at the very moment before this gives up. */
    private static final int TRIES = 10;

    private final Path file;

    private TokenEdit(Path file) {
        this.file = file;
    }

    /** What becomes of the tokens. */
    @FunctionalInterface
    public interface Change {
        /**
         * Makes the new ones, perhaps several times; the same where nothing is to be written.
         *
         * @throws IOException if nothing is to be changed; the message says why
         */
        Tokens of(Tokens before) throws IOException;
    }

    /**
     * Reads the file, and writes what becomes of it. A file that is not there counts as one without tokens.
     *
     * @throws IOException if that cannot be done, or the change will not have it; the message names the file
     */
    public static void change(Path path, Change change) throws IOException, InterruptedException {
        try {
            // What a link leads to is changed, and the link stays.
            Path real = Files.exists(path) ? path.toRealPath() : path.toAbsolutePath();
            new TokenEdit(real).underLock(change);
        } catch (FileSystemException e) {
            throw new IOException(FileReason.of(path, e), e);
        }
    }

    private void underLock(Change change) throws IOException, InterruptedException {
        Path lock = file.resolveSibling("." + file.getFileName() + ".lock");
        try (FileChannel channel =
                OwnerOnly.open(lock, Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE));
                FileLock held = lock(channel)) {
            for (int i = 0; i < TRIES; i++) {
                byte[] before = content();
                Tokens tokens = before == null ? Tokens.NONE : TokenFile.parse(file, before);
                Tokens changed = change.of(tokens);
                if (changed == tokens || write(before, TokenText.of(changed))) {
                    return;
                }
            }
            throw new IOException(file + ": somebody else changes it again and again; nothing was changed");
        }
    }

    private FileLock lock(FileChannel channel) throws IOException, InterruptedException {
        long end = System.nanoTime() + LOCK_LIMIT.toNanos();
        while (System.nanoTime() < end) {
            try {
                FileLock held = channel.tryLock();
                if (held != null) {
                    return held;
                }
            } catch (OverlappingFileLockException e) {
                // Another thread of this process has it.
            }
            Thread.sleep(LOCK_PACE);
        }
        throw new IOException(file + ": somebody else has been changing it for " + LOCK_LIMIT.toSeconds()
                + " s; nothing was changed");
    }

    /** Null if there is no file. */
    private byte @Nullable [] content() throws IOException {
        return Files.exists(file) ? LiveFile.content(file, TokenFile.MAX_BYTES) : null;
    }

    /** False, without having done anything, if the file is not any more as it was. */
    private boolean write(byte @Nullable [] before, byte[] after) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        Path draft = OwnerOnly.draft(folder == null ? file.toAbsolutePath() : folder, file.getFileName().toString());
        try {
            try (FileChannel out = FileChannel.open(draft, StandardOpenOption.WRITE)) {
                ByteBuffer rest = ByteBuffer.wrap(after);
                while (rest.hasRemaining()) {
                    out.write(rest);
                }
                out.force(true);
            }
            if (before != null) {
                giveAs(draft);
            }
            if (!Arrays.equals(before, content())) {
                return false;
            }
            Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            return true;
        } finally {
            Files.deleteIfExists(draft);
        }
    }

    /** Gives a draft to the owner and group of the file, and lets the group read it that could. */
    private void giveAs(Path draft) throws IOException {
        PosixFileAttributeView view = Files.getFileAttributeView(draft, PosixFileAttributeView.class);
        PosixFileAttributeView old = Files.getFileAttributeView(file, PosixFileAttributeView.class);
        if (view == null || old == null) {
            return;
        }
        PosixFileAttributes as = old.readAttributes();
        if (!as.group().equals(view.readAttributes().group())) {
            view.setGroup(as.group());
        }
        if (as.permissions().contains(PosixFilePermission.GROUP_READ)) {
            view.setPermissions(EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE,
                    PosixFilePermission.GROUP_READ));
        }
        if (!as.owner().equals(view.readAttributes().owner())) {
            view.setOwner(as.owner());
        }
    }
}
