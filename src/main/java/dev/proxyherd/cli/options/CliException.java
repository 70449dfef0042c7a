package dev.proxyherd.cli.options;

import org.jspecify.annotations.Nullable;

/** Something that whoever typed the command can repair; the message, one line, says what and how. */
public final class CliException extends Exception {
    private static final long serialVersionUID = 1L;

    public CliException(@Nullable String message) {
        super(message);
    }

    public static void unless(boolean holds, String otherwise) throws CliException {
        if (!holds) {
            throw new CliException(otherwise);
        }
    }

    /** White space inside would make another command of it, or two. */
    public static void unlessOneWord(String name, String value) throws CliException {
        unless(value.matches("\\S+"), name + " must be one word, without white space");
    }
}
