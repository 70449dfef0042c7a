package dev.proxyherd.server;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

/** Says what is wrong with a file, where Java's own message is nothing but the file's name. */
public final class FileFailure {
    private FileFailure() {
    }

    /** The failure in words for people, with the file and the reason. */
    public static String words(IOException failure) {
        return switch (failure) {
            case NoSuchFileException e -> e.getFile() + ": no such file or folder";
            case FileAlreadyExistsException e -> e.getFile() + ": is there already, and is no folder";
            case AccessDeniedException e -> e.getFile() + ": permission denied";
            case FileSystemException e when e.getReason() == null -> e.getFile() + ": cannot be made or opened";
            default -> failure.getMessage();
        };
    }

    /** What to do about it, where that is known, to follow on {@link #words}; else nothing. */
    static String mend(IOException failure) {
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
