package dev.proxyherd.cli.options;

import java.io.Console;
import java.util.Map;

/** Whether a person is looking on. */
public final class Terminal {
    private Terminal() {
    }

    /** Whether it knows no colours, nor how to clear itself, as in an editor. */
    public static boolean isDumb(Map<String, String> environment) {
        return "dumb".equals(environment.get("TERM"));
    }

    /** Whether input and output are a terminal, neither of them a pipe or a file. */
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
