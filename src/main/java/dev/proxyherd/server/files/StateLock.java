package dev.proxyherd.server.files;

import dev.proxyherd.io.FileReason;
import dev.proxyherd.io.OwnerOnly;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;

/** Keeps a second server of the same name out of a state folder; the operating system lets go when the process ends. */
public final class StateLock implements AutoCloseable {
    private final FileChannel channel;

    private StateLock(FileChannel channel) {
        this.channel = channel;
    }

    /** @throws IOException if another server holds the lock; the message names the file */
    public static StateLock take(Path path) throws IOException {
        FileChannel channel = OwnerOnly.open(path, Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE));
        boolean locked = false;
        try {
            locked = channel.tryLock() != null;
        } catch (OverlappingFileLockException heldByThisProcess) {
            locked = false;
        } catch (IOException e) {
            throw new IOException(
                    path + " cannot be locked: " + FileReason.of(e) + "; give this server a --state-dir on a disk "
                            + "where files can be locked",
                    e);
        } finally {
            if (!locked) {
                channel.close();
            }
        }
        if (!locked) {
            throw new IOException("a server of this name is already running with this state folder (" + path
                    + " is locked): it must run once only; stop it if this one is to take its place");
        }
        return new StateLock(channel);
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException ignored) {
            // The lock goes with the process at the latest.
        }
    }
}
