package dev.proxyherd.io;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;

/**
 * Why something could not be done with a file, in words for people. Java's own message is now the file's name and nothing
 * else, now the name and the reason, now the reason alone: who puts it behind a name says that twice, or not at all.
 */
public final class FileReason {
    private FileReason() {
    }

    /** The reason alone, for a message that names the file itself. */
    public static String of(IOException failure) {
        return switch (failure) {
            case NoSuchFileException e -> "no such file or folder";
            case FileAlreadyExistsException e -> "is there already, and is no folder";
            case AccessDeniedException e -> "permission denied";
            case NotDirectoryException e -> "is no folder";
            case DirectoryNotEmptyException e -> "the folder is not empty";
            case FileSystemException e -> e.getReason() == null ? "cannot be made or opened" : e.getReason();
            case FileNotFoundException e -> inBrackets(String.valueOf(e.getMessage()));
            case CharacterCodingException e -> "not UTF-8";
            default -> failure.getMessage() == null ? failure.getClass().getSimpleName() : failure.getMessage();
        };
    }

    /**
     * The file and the reason: the file that the failure names, which may be the folder of the one that was asked for, or else
     * the latter.
     */
    public static String of(Path file, IOException failure) {
        boolean named = failure instanceof FileSystemException known && known.getFile() != null;
        return (named ? ((FileSystemException) failure).getFile() : file) + ": " + of(failure);
    }

    /** The older classes write {@code NAME (REASON)}. */
    private static String inBrackets(String message) {
        int open = message.lastIndexOf(" (");
        return open > 0 && message.endsWith(")") ? message.substring(open + 2, message.length() - 1) : message;
    }
}
