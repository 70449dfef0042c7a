package dev.proxyherd.journal.file;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/**
 * The names that a journal's files go by: the current one, the draft of the next beside it, and one that was not
 * understood, which is kept under a name of its own. Where the journal's name is a symbolic link it stays one: all this
 * happens beside the file that it leads to. For the journal's thread.
 */
public final class JournalFolder {
    /** More than the operating system follows. */
    private static final int MAX_LINKS = 64;

    /** Names a file that was not understood. */
    public static final String UNREADABLE = "unreadable";

    private final Path path;
    private final InstantSource clock;

    /** Why the current file must be kept; null where it need not be. */
    private @Nullable String keepReason;

    public JournalFolder(Path path, InstantSource clock) {
        this.path = path;
        this.clock = clock;
    }

    /** The journal's name, as the server was told. */
    public Path path() {
        return path;
    }

    /** The file's own name. */
    public Path target() throws IOException {
        Path target = path;
        for (int i = 0; Files.isSymbolicLink(target); i++) {
            if (i == MAX_LINKS) {
                throw new IOException(path + " is a symbolic link that leads in a circle");
            }
            target = target.resolveSibling(Files.readSymbolicLink(target));
        }
        return target;
    }

    /** The name of the next file while it is being written. */
    public Path draft() throws IOException {
        Path target = target();
        return target.resolveSibling(target.getFileName() + ".new");
    }

    /** The file that is there may hold what nobody else knows: the next one is not to take its place for good. */
    public void keep(String reason) {
        keepReason = reason;
    }

    /** Whether it is to be kept. */
    public boolean keeps() {
        return keepReason != null;
    }

    /**
     * Gives the draft the current file's name; one that must be kept gets another first, and nobody finds none meanwhile.
     *
     * @return what a person should know of a file that was kept; null if none was
     */
    public @Nullable String promote(Path draft) throws IOException {
        if (!draft.equals(draft())) {
            throw new IOException(path + " leads to another file now");
        }
        Path target = target();
        Path aside = keepReason == null || Files.notExists(target) ? null : aside(target, UNREADABLE);
        if (aside != null) {
            linkOrMove(target, aside);
        }
        Files.move(draft, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        sync(target);
        String kept = aside == null ? null
                : path + ": " + keepReason + "; the old file is kept whole as " + aside
                        + ", and what is known of it goes on"
                        + " in a new one; where neighbours do not know the rest: stop this server, append the records that"
                        + " are missing to " + path + ", and start it again";
        keepReason = null;
        return kept;
    }

    /**
     * Takes the file out of the way; returns its new name.
     *
     * @param why a word of that name
     */
    public Path setAside(String why) throws IOException {
        Path target = target();
        return Files.move(target, aside(target, why));
    }

    private Path aside(Path target, String why) {
        return target.resolveSibling(target.getFileName() + "." + why + '-' + clock.millis());
    }

    private void linkOrMove(Path target, Path aside) throws IOException {
        try {
            Files.createLink(aside, target);
        } catch (IOException | UnsupportedOperationException noLinksHere) {
            try {
                Files.move(target, aside);
            } catch (IOException e) {
                throw new IOException(path + ": " + keepReason + ", and it cannot be moved (" + e + ")", e);
            }
        }
    }

    public void deleteDraft() {
        try {
            Files.deleteIfExists(draft());
        } catch (IOException inTheWay) {
            // The next try to write a new file says so.
        }
    }

    /** Makes a new name survive a crash; not every file system lets a folder be opened for that. */
    public void sync(Path target) {
        try (FileChannel folder = FileChannel.open(target.toAbsolutePath().getParent(), StandardOpenOption.READ)) {
            folder.force(true);
        } catch (IOException notHere) {
            // The name is then as safe as this file system makes it.
        }
    }
}
