package dev.proxyherd.cli.ask;

import dev.proxyherd.cli.options.CliException;
import dev.proxyherd.cli.options.ClientOutput;
import dev.proxyherd.cli.options.ServerOption;
import dev.proxyherd.client.HerdClient;
import java.time.Instant;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code herd iamat CLIENT POSITION}. */
@Command(
        name = "iamat",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Report where a client is.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  herd iamat kiwi.cs.ucla.edu +34.068930-118.445127",
            "  herd iamat kiwi.cs.ucla.edu +34.068930-118.445127 --server Welsh --time 1400794645.392014450"})
public final class IamatCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "CLIENT", description = "The client's ID, without white space.")
    private String client;

    @Parameters(paramLabel = "POSITION", description = "Decimal degrees, both signs written: +34.068930-118.445127")
    private String position;

    @Option(names = "--time", paramLabel = "SECONDS", description = "The client's POSIX time (default: now).")
    private @Nullable String time;

    @Mixin
    private ServerOption server;

    @Override
    public Integer call() throws CliException {
        String when = time == null ? HerdClient.time(Instant.now()) : time;
        CliException.unlessOneWord("CLIENT", client);
        CliException.unlessOneWord("POSITION", position);
        CliException.unlessOneWord("--time", when);
        int code = server.talk(herd -> ClientOutput.print(herd.iamat(client, position, when)));
        if (code == ClientOutput.INVALID) {
            spec.commandLine().getErr()
                    .println("herd: the server refused: POSITION must be like +34.068930-118.445127, and "
                            + "the time POSIX seconds, no more than a day ahead (or what the server's --max-ahead says); or it knows as "
                            + "many clients as its --max-clients allows");
        }
        return code;
    }
}
