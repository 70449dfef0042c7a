package dev.proxyherd.cli.plan;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code herd topology}: what can be said of a topology file without asking its servers. */
@Command(
        name = "topology",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Check a topology file, or have links suggested. No server is asked.",
        commandListHeading = "%nCommands:%n",
        subcommands = {CheckCommand.class, SuggestCommand.class},
        footerHeading = "%nExamples:%n",
        footer = {
            "  herd topology check",
            "  herd topology suggest --servers 7 --survive 2"})
public final class TopologyCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        throw new ParameterException(spec.commandLine(), "Say what to do with a topology: check or suggest");
    }
}
