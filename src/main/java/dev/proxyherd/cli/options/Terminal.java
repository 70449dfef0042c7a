package dev.proxyherd.cli.options;

import java.io.Console;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Whether a person is looking on, and what may be shown there. */
public final class Terminal {
    private Terminal() {
    }

    /** Whether it knows no colours, nor how to clear itself, as in an editor. */
    public static boolean isDumb(Map<String, String> environment) {
        return "dumb".equals(environment.get("TERM"));
    }

    /** The text without control characters: what a file or an argument says may hold a terminal's commands. */
    public static String escaped(String text) {
        return text.codePoints()
                .mapToObj(c -> Character.isISOControl(c) ? String.format("\\x%02X", c) : Character.toString(c))
                .collect(Collectors.joining());
    }

    /** What a person answers to a question on the terminal; null when there is none, or no answer. */
    @SuppressWarnings("SystemConsoleNull") // before Java 22 it is null, and later isThere tells
    public static @Nullable String answerTo(String question) {
        Console console = System.console();
        return console == null || !isThere() ? null : console.readLine("%s", question);
    }

    /** Whether input and output are a terminal, neither of them a pipe or a file. */
    @SuppressWarnings("SystemConsoleNull") // before Java 22 it is null, and later isTerminal tells
    public static boolean isThere() {
        Console console = System.console();
        if (console == null) {
            return false;
        }
        try {
            // Since Java 22 there may be a console without a terminal.
            return (boolean) Console.class.getMethod("isTerminal").invoke(console);
        } catch (ReflectiveOperationException before22) {
            return true;
        }
    }
}
