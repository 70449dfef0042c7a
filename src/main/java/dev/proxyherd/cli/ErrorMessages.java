package dev.proxyherd.cli;

import dev.proxyherd.cli.options.CliException;
import dev.proxyherd.cli.options.OptionDefaults;
import dev.proxyherd.cli.options.Terminal;
import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/** What went wrong, in words for whoever typed the command. */
final class ErrorMessages {
    private ErrorMessages() {
    }

    /** What is wrong, and how the command goes; all of the help, or all of the servers' options, would push that off the screen. */
    static int explain(ParameterException failure, String[] args) {
        CommandLine line = failure.getCommandLine();
        PrintWriter err = line.getErr();
        err.println(text(reworded(failure), line, List.of(args)));
        CommandLine.UnmatchedArgumentException.printSuggestions(failure, err);
        if (line.getParent() != null) {
            err.print(line.getHelp().fullSynopsis());
        }
        err.println("'" + line.getCommandSpec().qualifiedName() + " --help' tells more.");
        return CommandLine.ExitCode.USAGE;
    }

    /** picocli knows arguments, people know commands. */
    private static String reworded(ParameterException failure) {
        if (failure instanceof CommandLine.UnmatchedArgumentException unmatched
                && (isRoot(failure) || !failure.getCommandLine().getSubcommands().isEmpty())) {
            String word = unmatched.getUnmatched().getFirst();
            if (isRoot(failure) && Main.isCommand(word)) {
                return "'" + word + "' is a command of its own, and goes before all options: herd " + word;
            }
            if (!word.startsWith("-")) {
                return "there is no command '" + word + "'; the commands are "
                        + commandsToShow(failure.getCommandLine());
            }
        }
        return String.valueOf(failure.getMessage());
    }

    private static boolean isRoot(ParameterException failure) {
        return failure.getCommandLine().getParent() == null;
    }

    private static String commandsToShow(CommandLine line) {
        return line.getCommandSpec().subcommands().entrySet().stream()
                .filter(command -> !command.getValue().getCommandSpec().usageMessage().hidden())
                .map(Map.Entry::getKey)
                .collect(Collectors.joining(", "));
    }

    private static CommandLine.Help.Ansi.Text text(String message, CommandLine line, List<String> args) {
        OptionDefaults defaults = (OptionDefaults) line.getCommandSpec().root().commandLine().getDefaultValueProvider();
        return line.getColorScheme().errorText("herd: " + Terminal.escaped(defaults.placed(message, args)));
    }

    /** Failures that a person can repair are one line; anything else is a fault of the program and shows its trace. */
    static int report(Exception failure, CommandLine line, CommandLine.ParseResult result) throws Exception {
        if (!(failure instanceof CliException)) {
            throw failure;
        }
        line.getErr().println(text(String.valueOf(failure.getMessage()), line, result.originalArgs()));
        return CommandLine.ExitCode.USAGE;
    }
}
