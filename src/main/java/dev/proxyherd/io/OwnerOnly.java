package dev.proxyherd.io;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Set;

/**
 * Files and folders that nobody but their owner may look into, whatever the umask: they hold everybody's whereabouts. On
 * a file system without such permissions they are made as it makes them. For any thread.
 */
public final class OwnerOnly {
    private static final EnumSet<PosixFilePermission> OWNER = EnumSet.of(
            PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE, PosixFilePermission.OWNER_EXECUTE);

    private OwnerOnly() {
    }

    /** Opens a file; one that is made has mode 0600, and one that was there loses what group and others might do. */
    public static FileChannel open(Path path, Set<? extends OpenOption> options) throws IOException {
        if (!isPosix(path)) {
            return FileChannel.open(path, options);
        }
        FileChannel file = FileChannel.open(path, options, permissions("rw-------"));
        tighten(path);
        return file;
    }

    /** Makes an empty file of mode 0600 and of a name of its own, for what then takes the place of the file of this name. */
    public static Path draft(Path folder, String name) throws IOException {
        return isPosix(folder)
                ? Files.createTempFile(folder, name, ".new", permissions("rw-------"))
                : Files.createTempFile(folder, name, ".new");
    }

    /** Makes a folder of mode 0700, and what is above it as usual; returns whether it was not there before. */
    public static boolean makeFolder(Path folder) throws IOException {
        if (Files.isDirectory(folder)) {
            return false;
        }
        Path above = Objects.requireNonNull(folder.toAbsolutePath().getParent(), "a root is there before");
        Files.createDirectories(above);
        try {
            if (isPosix(folder)) {
                Files.createDirectory(folder, permissions("rwx------"));
            } else {
                Files.createDirectory(folder);
            }
            return true;
        } catch (FileAlreadyExistsException e) {
            if (Files.isDirectory(folder)) {
                // Another process was first.
                return false;
            }
            throw e;
        }
    }

    /** Takes from group and others what they may do with a file or folder, where that is ours to decide. */
    public static void tighten(Path path) {
        try {
            if ((Files.isRegularFile(path) || Files.isDirectory(path)) && isOpenToOthers(path)) {
                Set<PosixFilePermission> kept = OWNER.clone();
                kept.retainAll(Files.getPosixFilePermissions(path));
                Files.setPosixFilePermissions(path, kept);
            }
        } catch (IOException anothersFile) {
            // Its owner has decided.
        }
    }

    /** Whether group or others may do anything with it; false where nobody can tell. */
    public static boolean isOpenToOthers(Path path) {
        return mayOthers(path, EnumSet.complementOf(OWNER));
    }

    /** Whether any of these permissions is given; false where nobody can tell. */
    public static boolean mayOthers(Path path, Set<PosixFilePermission> permissions) {
        try {
            return isPosix(path) && !Collections.disjoint(permissions, Files.getPosixFilePermissions(path));
        } catch (IOException notThere) {
            return false;
        }
    }

    private static boolean isPosix(Path path) {
        return path.getFileSystem().supportedFileAttributeViews().contains("posix");
    }

    private static FileAttribute<Set<PosixFilePermission>> permissions(String text) {
        return PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(text));
    }
}
