package dev.proxyherd.cli.watch;

import dev.proxyherd.cli.options.CliException;
import dev.proxyherd.cli.options.Terminal;
import dev.proxyherd.server.survey.HerdSurvey;
import dev.proxyherd.status.HerdStatus;
import dev.proxyherd.status.json.HerdJson;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Collection;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code herd status}: how every server is, and whether they agree. */
@Command(
        name = "status",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Show how every server of the topology is, and whether all know the same.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:all servers answered and know the same, and nothing takes a person to mend",
            "1:one did not answer, refused, or showed a certificate that is not trusted here; they do not know the same, as while one "
                    + "is full, or updates are on their way; or something takes a person to mend: clocks that differ, two "
                    + "servers of one name, one that goes by another topology than most, a topology file that was "
                    + "changed and is faulty, a journal too old for its server to open links, an expired certificate",
            "2:wrong usage, or a file or setting that cannot be used"},
        footerHeading = "%nExamples:%n",
        footer = {
            "  herd status",
            "  herd status --watch",
            "  herd status --name Hamilton",
            "  until herd status --json > status.json; do sleep 1; done"})
public final class StatusCommand implements Callable<Integer> {
    private static final String CLEAR_SCREEN = "\033[H\033[2J";
    private static final int NOT_WELL = 1;
    private static final Duration OFTENEST = Duration.ofMillis(100);

    @Spec
    private CommandSpec spec;

    @Option(names = "--name", paramLabel = "NAME",
            description = "The one server to ask (default: all of the topology).")
    private @Nullable String name;

    @Mixin
    private SurveyOptions options;

    @Option(names = "--watch", arity = "0..1", fallbackValue = "1s", paramLabel = "TIME",
            description = "Show it again and again, each second or as often as said, until Ctrl-C.")
    private @Nullable Duration watch;

    @Option(names = "--json", fallbackValue = "true", description = "Print JSON, on one line.")
    private boolean json;

    @Override
    public Integer call() throws CliException, InterruptedException {
        CliException.unless(watch == null || watch.compareTo(OFTENEST) >= 0, "--watch must be at least 100ms");
        HerdSurvey survey = options.survey(spec);
        Collection<String> asked = SurveyOptions.named(name, survey);
        PrintWriter out = spec.commandLine().getOut();
        while (true) {
            HerdStatus herd = survey.status(asked);
            if (json) {
                out.println(HerdJson.write(herd));
            } else {
                out.print(watch != null && Terminal.isThere() && !Terminal.isDumb(System.getenv()) ? CLEAR_SCREEN : "");
                new StatusTable(out, spec.commandLine().getColorScheme().ansi()).print(herd);
            }
            // Where nobody reads any more, as after | head, there is no use in going on.
            if (out.checkError() || watch == null) {
                return herd.isWell() ? 0 : NOT_WELL;
            }
            Thread.sleep(watch);
        }
    }
}
