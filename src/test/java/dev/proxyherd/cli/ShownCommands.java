package dev.proxyherd.cli;

import java.util.Map;
import java.util.stream.Stream;
import picocli.CommandLine;

/** The commands that the help shows; of one that has commands of its own, these. */
public final class ShownCommands {
    private ShownCommands() {
    }

    public static Stream<CommandLine> all() {
        return ofOne(Main.commandLine(Map.of())).skip(1).filter(command -> command.getSubcommands().isEmpty());
    }

    /** A command and those below it. */
    static Stream<CommandLine> ofOne(CommandLine command) {
        return Stream.concat(Stream.of(command), command.getSubcommands().values().stream()
                .filter(inner -> !inner.getCommandSpec().usageMessage().hidden()).flatMap(ShownCommands::ofOne));
    }
}
