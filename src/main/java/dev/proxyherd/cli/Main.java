package dev.proxyherd.cli;

import java.util.Map;
import picocli.CommandLine;

/** The program's entry point. */
public final class Main {
    private Main() {
    }

    public static void main(String[] args) {
        System.exit(commandLine(System.getenv()).execute(args));
    }

    /** The whole command line. */
    static CommandLine commandLine(Map<String, String> environment) {
        CommandLine line = new CommandLine(new HerdCommand());
        line.registerConverter(java.time.Duration.class, Units::duration);
        line.registerConverter(ByteSize.class, Units::byteSize);
        line.setDefaultValueProvider(new OptionDefaults(environment, Map.of()));
        line.setExecutionExceptionHandler(Main::report);
        // A position in the south begins like an option.
        line.getSubcommands().get("iamat").setUnmatchedOptionsArePositionalParams(true);
        return line;
    }

    /** Failures that a person can mend are one line; anything else is a fault of the program and shows its trace. */
    private static int report(Exception failure, CommandLine line, CommandLine.ParseResult result) throws Exception {
        if (!(failure instanceof CliException)) {
            throw failure;
        }
        line.getErr().println(line.getColorScheme().errorText("herd: " + failure.getMessage()));
        return CommandLine.ExitCode.USAGE;
    }
}
