package dev.proxyherd.cli.token;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code herd token}: the file that says who may do what. */
@Command(
        name = "token",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Keep the file of tokens that servers read with --tokens. They read it again when it changes.",
        commandListHeading = "%nCommands:%n",
        subcommands = {AddCommand.class, ListCommand.class, RemoveCommand.class},
        footerHeading = "%nExamples:%n",
        footer = {
            "  herd token add ann --report 'ann/*' --see 'ann/*' --see 'bob/*' --tokens tokens.json",
            "  herd token list --tokens tokens.json",
            "  herd token remove bob --tokens tokens.json"})
public final class TokenCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        throw new ParameterException(spec.commandLine(), "Say what to do with tokens: add, list or remove");
    }
}
