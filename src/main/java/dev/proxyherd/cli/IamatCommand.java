package dev.proxyherd.cli;

import dev.proxyherd.client.HerdClient;
import java.time.Instant;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

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
final class IamatCommand implements Callable<Integer> {
    @Parameters(paramLabel = "CLIENT", description = "The client's ID, without white space.")
    private String client;

    @Parameters(paramLabel = "POSITION", description = "Decimal degrees, both signs written: +34.068930-118.445127")
    private String position;

    @Option(names = "--time", paramLabel = "SECONDS", description = "The client's POSIX time (default: now).")
    private String time;

    @Mixin
    private ServerOption server;

    @Override
    public Integer call() throws CliException {
        String when = time == null ? HerdClient.time(Instant.now()) : time;
        return server.talk(herd -> ClientOutput.print(herd.iamat(client, position, when)));
    }
}
