package dev.proxyherd.server.files;

import dev.proxyherd.io.OwnerOnly;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** The folder of a server's files. */
public final class StateFolder {
    private static final Set<PosixFilePermission> WRITING = PosixFilePermissions.fromString("----w--w-");

    private StateFolder() {
    }

    /**
     * Makes the folder, for its owner only. One that was there, and holds nothing but the herd's files, becomes so; another
     * is somebody's, who is warned where others may put files there.
     */
    public static void prepare(Path folder, Consumer<String> warnings) throws IOException {
        if (OwnerOnly.makeFolder(folder)) {
            return;
        }
        if (holdsNothingElse(folder)) {
            OwnerOnly.tighten(folder);
        } else if (OwnerOnly.mayOthers(folder, WRITING)) {
            warnings.accept("others may write to the state folder " + folder
                    + ", and so replace what the herd knows and its secret;"
                    + " name one of its own with --state-dir, or: chmod go-w " + folder);
        }
    }

    private static boolean holdsNothingElse(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString())
                    .allMatch(name -> name.equals("secret") || name.startsWith(KeptKey.NAME)
                            || name.startsWith("server-"));
        }
    }
}
