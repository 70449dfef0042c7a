package dev.proxyherd.cli.watch;

import dev.proxyherd.cli.options.CliException;
import dev.proxyherd.cli.options.Terminal;
import dev.proxyherd.server.survey.HerdForget;
import dev.proxyherd.server.survey.HerdSurvey;
import dev.proxyherd.server.survey.MatchingClients;
import dev.proxyherd.server.survey.PartlyForgottenException;
import dev.proxyherd.server.survey.TracedClient;
import dev.proxyherd.status.Clocks;
import dev.proxyherd.status.ForgetOutcome;
import dev.proxyherd.status.json.ForgetJson;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code herd forget CLIENT}: erases what the herd knows of clients. */
@Command(
        name = "forget",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Erase what all servers know of a client. Every report loses from then on whose time is not later than "
                + "what any server has of it, and than now; a later one begins anew. The exit code is 1 when a server could "
                + "not be asked or has not heard of it in time, and when none knows the client.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  herd forget bus-17",
            "  herd forget --all-matching 'bench-*' --yes"})
@SuppressWarnings("NullAway.Init") // picocli sets the fields
public final class ForgetCommand implements Callable<Integer> {
    /** How long servers that were asked may take until they hold what another has written. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "CLIENT", arity = "0..1", description = "The client's ID.")
    private @Nullable String client;

    @Option(names = "--all-matching", paramLabel = "PATTERN",
            description = "Forget all clients whose ID is like this: * stands for any bytes, ? for one. It asks first.")
    private @Nullable String pattern;

    @Option(names = "--yes", fallbackValue = "true", description = "Do not ask.")
    private boolean yes;

    @Option(names = "--json", fallbackValue = "true", description = "Print JSON, on one line.")
    private boolean json;

    @Mixin
    private SurveyOptions options;

    @Override
    public Integer call() throws CliException, InterruptedException {
        HerdSurvey survey = options.survey(spec);
        Map<String, String> unasked = new LinkedHashMap<>();
        List<String> clients = clients(survey, unasked);
        if (clients.isEmpty()) {
            spec.commandLine().getErr().println("herd: no server that answered knows a client like " + pattern);
            unasked.forEach((server, reason) -> spec.commandLine().getErr()
                    .println("herd: " + server + " could not be asked: " + reason));
            return 1;
        }
        ForgetOutcome outcome = forget(new HerdForget(survey, options.servers(), new FirstThatCan(survey), PATIENCE),
                clients, unasked);
        print(outcome);
        return outcome.isComplete() && outcome.unknown().isEmpty() ? 0 : 1;
    }

    /** IDs as the herd has them, a character for each byte. */
    private List<String> clients(HerdSurvey survey, Map<String, String> unasked)
            throws CliException, InterruptedException {
        String named = client;
        String like = pattern;
        CliException.unless((named == null) != (like == null), "name either a CLIENT or --all-matching PATTERN");
        if (named != null) {
            CliException.unlessOneWord("CLIENT", named);
            return List.of(bytes(named));
        }
        CliException.unlessOneWord("--all-matching", String.valueOf(like));
        Set<String> found = new TreeSet<>();
        for (Map.Entry<String, MatchingClients> server : survey.clients(bytes(String.valueOf(like))).entrySet()) {
            found.addAll(server.getValue().ids());
            String failure = server.getValue().failure();
            if (failure != null) {
                unasked.put(server.getKey(), failure);
            }
        }
        if (!found.isEmpty() && !yes) {
            confirm(found.size());
        }
        return List.copyOf(found);
    }

    private void confirm(int clients) throws CliException {
        String what = "forget " + clients + (clients == 1 ? " client like " : " clients like ") + pattern;
        CliException.unless(Terminal.isThere(), "there is no terminal to ask at whether to " + what + "; say --yes");
        String answer = Terminal.answerTo(what + "? [y/N] ");
        CliException.unless(answer != null && answer.strip().matches("(?i)y|yes"), "nothing was forgotten");
    }

    private static ForgetOutcome forget(HerdForget herd, List<String> clients, Map<String, String> unasked)
            throws CliException, InterruptedException {
        Map<String, String> gone = new LinkedHashMap<>();
        Set<String> unknown = new LinkedHashSet<>();
        Set<String> behind = new TreeSet<>();
        for (int i = 0; i < clients.size(); i += HerdForget.BATCH) {
            ForgetOutcome some;
            try {
                some = herd.forget(clients.subList(i, Math.min(clients.size(), i + HerdForget.BATCH)));
            } catch (IOException e) {
                throw new CliException(
                        howMany(i, e instanceof PartlyForgottenException) + ": " + e.getMessage());
            }
            gone.putAll(some.gone());
            unknown.addAll(some.unknown());
            some.unasked().forEach(unasked::putIfAbsent);
            behind.addAll(some.behind());
        }
        return new ForgetOutcome(gone, List.copyOf(unknown), unasked, List.copyOf(behind));
    }

    private static String howMany(int before, boolean someMore) {
        String sure = before == 0 ? "" : before + " clients were forgotten, and ";
        if (someMore) {
            return sure + (before == 0 ? "they" : "others") + " may have been forgotten in part: ask again";
        }
        return before == 0 ? "nothing was forgotten" : sure + "then no more";
    }

    private void print(ForgetOutcome outcome) throws CliException {
        Elsewhere elsewhere = new Elsewhere(options.stateDir().toString(), options.servers());
        boolean erased = !outcome.gone().isEmpty();
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(ForgetJson.write(outcome, erased ? elsewhere.places() : List.of()));
            return;
        }
        outcome.gone().values().forEach(line -> printGone(line, out));
        outcome.unknown().forEach(one -> out.println("no server knows a client " + text(one)));
        outcome.unasked().forEach((server, reason) -> out.println(server + " could not be asked: " + reason
                + "; if it has a later report, say this again when it is there"));
        outcome.behind()
                .forEach(server -> out.println(server + " was asked, and does not hold that yet; it will when a "
                        + "path of links leads there: see herd status"));
        if (erased) {
            out.println("What was erased may still be in:");
            elsewhere.lines().forEach(place -> out.println("  " + place));
        }
    }

    private void printGone(String line, PrintWriter out) {
        out.println("forgotten: " + text(line));
        Instant until = Instant.EPOCH.plusNanos(TracedClient.location(line).timeNanos());
        if (until.isAfter(Instant.now().plus(Clocks.TOLERANCE))) {
            out.println("  -> a report of it was of a time to come, and so whatever it reports loses until " + until);
        }
    }

    private static String bytes(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    }

    private static String text(String bytes) {
        return Terminal.escaped(new String(bytes.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8));
    }

    /** Has the first server write that can. */
    private record FirstThatCan(HerdSurvey survey) implements HerdForget.Scribe {

        @Override
        public boolean knows(String client) {
            return false; // all that may write are asked
        }

        @Override
        public List<String> write(List<String> asked, Map<String, Long> times)
                throws IOException, InterruptedException {
            IOException failure = new IOException("no server could be asked; see herd status");
            boolean unsure = false;
            for (String server : asked) {
                try {
                    return survey.forget(server, times);
                } catch (IOException e) {
                    unsure |= e instanceof PartlyForgottenException;
                    String reason = server + ": " + e.getMessage();
                    failure = unsure ? new PartlyForgottenException(reason) : new IOException(reason, e);
                }
            }
            throw failure;
        }
    }
}
