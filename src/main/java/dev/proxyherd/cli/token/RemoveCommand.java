package dev.proxyherd.cli.token;

import dev.proxyherd.cli.options.CliException;
import dev.proxyherd.rights.LiveTokens;
import dev.proxyherd.rights.Token;
import dev.proxyherd.rights.Tokens;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code herd token remove}: a token lets do nothing any more. */
@Command(
        name = "remove",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Remove a token from the file. Streams of events that it has opened end, too. The exit code is 1 when there is "
                + "no token of that name.",
        footerHeading = "%nExamples:%n",
        footer = "  herd token remove bob --tokens tokens.json")
public final class RemoveCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "NAME", description = "Whose it is.")
    private String name;

    @Mixin
    private TokensOption tokens;

    @Override
    public Integer call() throws CliException, InterruptedException {
        AtomicBoolean found = new AtomicBoolean();
        tokens.change(before -> {
            List<Token> others = before.all().stream().filter(token -> !token.name().equals(name)).toList();
            found.set(others.size() < before.all().size());
            return found.get() ? new Tokens(others) : before;
        });
        spec.commandLine().getErr().println(found.get()
                ? "the token of " + name + " is removed; servers that run refuse it within "
                        + LiveTokens.PERIOD.toSeconds() + " s"
                : "herd: there is no token '" + name + "' in " + tokens.file());
        return found.get() ? 0 : 1;
    }
}
