package dev.proxyherd.cli.fence;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code herd fences}: what can be said of a file of fences without asking servers. */
@Command(
        name = "fences",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Check a file of fences, see which of them a point is in, or show what webhooks are signed with. No server "
                + "is asked.",
        commandListHeading = "%nCommands:%n",
        subcommands = {FencesCheckCommand.class, FencesTestCommand.class, FencesSecretCommand.class},
        footerHeading = "%nExamples:%n",
        footer = {
            "  herd fences check fences.geojson",
            "  herd fences test --fences fences.geojson 34.068930 -118.445127",
            "  herd fences secret"})
public final class FencesCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        throw new ParameterException(spec.commandLine(), "Say what to do with fences: check, test or secret");
    }
}
