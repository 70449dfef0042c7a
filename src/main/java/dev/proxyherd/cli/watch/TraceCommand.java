package dev.proxyherd.cli.watch;

import dev.proxyherd.cli.options.CliException;
import dev.proxyherd.protocol.Location;
import dev.proxyherd.server.survey.TracedClient;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code herd trace CLIENT}: what each server holds for a client, and since when. */
@Command(
        name = "trace",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Show what each server holds for a client and since when, to see where an update stopped. The exit "
                + "code is 1 while they do not hold the same.",
        footerHeading = "%nExamples:%n",
        footer = "  herd trace kiwi.cs.ucla.edu")
public final class TraceCommand implements Callable<Integer> {
    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "CLIENT", description = "The client's ID.")
    private String client;

    @Mixin
    private SurveyOptions options;

    @Override
    public Integer call() throws CliException, InterruptedException {
        CliException.unlessOneWord("CLIENT", client);
        // On the wire an ID is bytes; inside it has a character for each of them.
        String id = new String(client.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
        List<TracedClient> held = options.survey(spec).trace(id);
        Collection<String> own = options.servers();
        held.forEach(one -> print(one, own));
        return held.stream().map(TracedClient::line).distinct().count() == 1
                && held.stream().noneMatch(one -> one.failure() != null) ? 0 : 1;
    }

    private void print(TracedClient held, Collection<String> own) {
        PrintWriter out = spec.commandLine().getOut();
        String line = held.line();
        if (held.failure() != null) {
            out.printf("%-12s did not answer: %s%n", held.server(), held.failure());
        } else if (line == null) {
            out.printf("%-12s knows nothing of this client%n", held.server());
        } else {
            out.printf("%-12s since %s%s  %s%n", held.server(), since(held.arrivedNanos()), way(line, own),
                    new String(line.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8));
        }
    }

    /** How a location came that no server of this herd has heard; its servers' own names are in their lines. */
    static String way(String line, Collection<String> own) {
        return own.contains(line.split(" ")[1]) ? "" : ", by Kafka from another herd";
    }

    static String since(long arrivedNanos) {
        return arrivedNanos == Location.BEFORE_START
                ? "before its start"
                : Instant.ofEpochSecond(arrivedNanos / NANOS_PER_SECOND, arrivedNanos % NANOS_PER_SECOND).toString();
    }
}
