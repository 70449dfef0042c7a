package dev.proxyherd.cli;

/** Something that whoever typed the command can mend; the message, one line, says what and how. */
final class CliException extends Exception {
    private static final long serialVersionUID = 1L;

    CliException(String message) {
        super(message);
    }

    static void unless(boolean holds, String otherwise) throws CliException {
        if (!holds) {
            throw new CliException(otherwise);
        }
    }
}
