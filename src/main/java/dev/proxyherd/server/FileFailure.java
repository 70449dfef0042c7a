package dev.proxyherd.server;

import dev.proxyherd.io.FileReason;
import java.io.IOException;
import java.nio.file.FileSystemException;

/** Says what is wrong where the failure itself names the file, or the message the thing; see {@link FileReason}. */
public final class FileFailure {
    private FileFailure() {
    }

    /** The failure in words for people, with the file, if it is one of a file, and the reason. */
    public static String words(IOException failure) {
        return failure instanceof FileSystemException known ? known.getFile() + ": " + FileReason.of(known)
                : String.valueOf(failure.getMessage());
    }
}
