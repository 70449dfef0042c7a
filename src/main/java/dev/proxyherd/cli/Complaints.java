package dev.proxyherd.cli;

import dev.proxyherd.cli.options.CliException;
import dev.proxyherd.cli.options.OptionDefaults;
import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/** What went wrong, in words for whoever typed the command. */
public final class Complaints {
    private Complaints() {
    }

    /** What is wrong, and how the command goes; all of the help, or all of the servers' options, would push that off the screen. */
    static int explain(ParameterException failure, String[] args) {
        CommandLine line = failure.getCommandLine();
        PrintWriter err = line.getErr();
        err.println(told(inOurWords(failure), line, List.of(args)));
        CommandLine.UnmatchedArgumentException.printSuggestions(failure, err);
        if (line.getParent() != null) {
            err.print(line.getHelp().fullSynopsis());
        }
        err.println("'" + line.getCommandSpec().qualifiedName() + " --help' tells more.");
        return CommandLine.ExitCode.USAGE;
    }

    /** picocli knows arguments, people know commands. */
    private static String inOurWords(ParameterException failure) {
        if (failure instanceof CommandLine.UnmatchedArgumentException unmatched
                && failure.getCommandLine().getParent() == null) {
            String word = unmatched.getUnmatched().getFirst();
            if (Main.isCommand(word)) {
                return "'" + word + "' is a command of its own, and goes before all options: herd " + word;
            }
            if (!word.startsWith("-")) {
                return "there is no command '" + word + "'; the commands are "
                        + commandsToShow(failure.getCommandLine());
            }
        }
        return failure.getMessage();
    }

    private static String commandsToShow(CommandLine line) {
        return line.getCommandSpec().subcommands().entrySet().stream()
                .filter(command -> !command.getValue().getCommandSpec().usageMessage().hidden())
                .map(Map.Entry::getKey)
                .collect(Collectors.joining(", "));
    }

    private static CommandLine.Help.Ansi.Text told(String message, CommandLine line, List<String> args) {
        OptionDefaults defaults = (OptionDefaults) line.getCommandSpec().root().commandLine().getDefaultValueProvider();
        String harmless = harmless(defaults.placed(message, args));
        return line.getColorScheme().errorText("herd: " + harmless);
    }

    /** What a file or an argument says may hold a terminal's commands. */
    public static String harmless(String text) {
        return text.codePoints()
                .mapToObj(c -> Character.isISOControl(c) ? String.format("\\x%02X", c) : Character.toString(c))
                .collect(Collectors.joining());
    }

    /** Failures that a person can mend are one line; anything else is a fault of the program and shows its trace. */
    static int report(Exception failure, CommandLine line, CommandLine.ParseResult result) throws Exception {
        if (!(failure instanceof CliException)) {
            throw failure;
        }
        line.getErr().println(told(failure.getMessage(), line, result.originalArgs()));
        return CommandLine.ExitCode.USAGE;
    }
}
