package dev.proxyherd.server.files;

import dev.proxyherd.io.FileReason;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
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

    /** What to do about it, where that is known, to follow on {@link #words}; else nothing. */
    public static String advice(IOException failure) {
        String words = String.valueOf(failure.getMessage());
        if (failure instanceof AccessDeniedException) {
            return " (run the server as the owner of its files, or give them to the one who runs it)";
        }
        if (words.endsWith("Too many open files")) {
            return " (ulimit -n 65536, for example, allows more)";
        }
        return "";
    }
}
