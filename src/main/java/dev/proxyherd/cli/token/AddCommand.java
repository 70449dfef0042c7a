package dev.proxyherd.cli.token;

import dev.proxyherd.cli.options.CliException;
import dev.proxyherd.rights.LiveTokens;
import dev.proxyherd.rights.Token;
import dev.proxyherd.rights.TokenRequest;
import dev.proxyherd.rights.Tokens;
import java.io.IOException;
import java.io.PrintWriter;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code herd token add}: makes a token and shows it, once. */
@Command(
        name = "add",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Make a token, write its hash and what it lets do to the file, and print the token: nobody can tell it "
                + "again. In a PATTERN of client IDs * stands for any bytes, ? for one.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  herd token add ann --report 'ann/*' --see 'ann/*' --see 'bob/*' --tokens tokens.json",
            "  herd token add cora --report 'cora/*' --title 'Cora D.' --tokens tokens.json",
            "  (umask 077; herd token add prometheus --see '*' --tokens tokens.json > herd-token)",
            "  herd token add ops --admin --tokens tokens.json"})
public final class AddCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "NAME", description = "Whose it is: 1 to 64 of A-Z a-z 0-9 . _ @ -")
    private String name;

    @Option(names = "--report", paramLabel = "PATTERN",
            description = "Clients whose reports are taken that come with it. Repeatable.")
    private List<String> report = List.of();

    @Option(names = "--see", paramLabel = "PATTERN", description = "Clients that it lets see. Repeatable.")
    private List<String> see = List.of();

    @Option(names = "--admin", fallbackValue = "true",
            description = "Let it do everything: report and see all clients, have them forgotten, read metrics.")
    private boolean admin;

    @Option(names = "--title", paramLabel = "TEXT",
            description = "What OwnTracks shows to others as the name of the client NAME, and of NAME/DEVICE.")
    private @Nullable String title;

    @Mixin
    private TokensOption tokens;

    @Override
    public Integer call() throws CliException, InterruptedException {
        TokenRequest wanted = new TokenRequest(name, report, see, admin, title);
        String fault = wanted.fault();
        if (fault != null) {
            throw new CliException(fault);
        }
        CliException.unless(admin || !report.isEmpty() || !see.isEmpty(),
                "say what the token lets do: --report PATTERN, --see PATTERN, or --admin");
        String made = Token.make(new SecureRandom());
        tokens.change(before -> with(before, wanted.with(Token.hash(made))));
        PrintWriter err = spec.commandLine().getErr();
        spec.commandLine().getOut().println(made);
        err.println("this is the token of " + name + ", shown this once; servers that run take it within "
                + LiveTokens.PERIOD.toSeconds() + " s");
        return 0;
    }

    private static Tokens with(Tokens before, Token made) throws IOException {
        if (before.named(made.name()) != null) {
            throw new IOException("there is a token '" + made.name()
                    + "' already; give this one another name, or remove that one first");
        }
        List<Token> all = new ArrayList<>(before.all());
        all.add(made);
        return new Tokens(all);
    }
}
