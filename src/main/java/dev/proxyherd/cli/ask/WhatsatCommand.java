package dev.proxyherd.cli.ask;

import dev.proxyherd.cli.options.CliException;
import dev.proxyherd.cli.options.ClientOutput;
import dev.proxyherd.cli.options.ServerOption;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code herd whatsat CLIENT RADIUS BOUND}. */
@Command(
        name = "whatsat",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Ask what is near a client.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  herd whatsat kiwi.cs.ucla.edu 10 5",
            "  herd whatsat kiwi.cs.ucla.edu 0.5 20 --server Bolden"})
public final class WhatsatCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "CLIENT", description = "The client's ID.")
    private String client;

    @Parameters(paramLabel = "RADIUS", description = "Kilometres, 0 to 50.")
    private String radius;

    @Parameters(paramLabel = "BOUND", description = "How many places at most, 0 to 20.")
    private String bound;

    @Mixin
    private ServerOption server;

    @Override
    public Integer call() throws CliException {
        CliException.unlessOneWord("CLIENT", client);
        CliException.unlessOneWord("RADIUS", radius);
        CliException.unlessOneWord("BOUND", bound);
        int code = server.talk(herd -> ClientOutput.print(herd.whatsat(client, radius, bound)));
        if (code == ClientOutput.INVALID) {
            spec.commandLine().getErr()
                    .println("herd: the server refused: it knows no such client, or RADIUS is not 0 to 50, "
                            + "or BOUND no whole number from 0 to 20");
        }
        return code;
    }
}
