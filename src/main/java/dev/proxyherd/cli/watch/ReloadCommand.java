package dev.proxyherd.cli.watch;

import dev.proxyherd.cli.options.CliException;
import dev.proxyherd.server.survey.HerdSurvey;
import dev.proxyherd.server.survey.ReloadedServer;
import dev.proxyherd.status.ReloadStatus;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code herd reload}: lets every server read its topology file again. */
@Command(
        name = "reload",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Let every server read its own topology file again, and show what has changed at each. Servers do so by "
                + "themselves, too, within 15 s of a change. The exit code is 1 where one cannot be asked, or its file has a "
                + "fault; then nothing has changed there.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  herd reload --dry-run",
            "  herd reload",
            "  herd reload --name Hamilton"})
@SuppressWarnings("NullAway.Init") // picocli sets the fields
public final class ReloadCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(names = "--name", paramLabel = "NAME",
            description = "The one server to ask (default: all of the topology).")
    private @Nullable String name;

    @Option(names = "--dry-run", fallbackValue = "true", description = "Only show what would change.")
    private boolean dry;

    @Mixin
    private SurveyOptions options;

    @Override
    public Integer call() throws CliException, InterruptedException {
        HerdSurvey survey = options.survey(spec);
        List<ReloadedServer> reloaded = survey.reload(SurveyOptions.named(name, survey), dry);
        reloaded.forEach(this::print);
        return reloaded.stream().allMatch(ReloadedServer::isDone) ? 0 : 1;
    }

    private void print(ReloadedServer server) {
        PrintWriter out = spec.commandLine().getOut();
        ReloadStatus reload = server.reload();
        if (reload == null) {
            out.printf("%-12s %s  %s%n", server.server(), server.wasAsked() ? "no answer" : "not asked",
                    server.failure());
            if (server.wasAsked() && !dry) {
                out.println("  -> it may still change; herd status shows by which topology it goes");
            }
        } else if (reload.fault() != null) {
            out.printf("%-12s as it was  %s%n", server.server(), reload.fault());
        } else {
            boolean changed = !reload.changes().isEmpty();
            out.printf("%-12s %s%n", server.server(),
                    !changed ? "as it was" + (reload.isNews() ? "" : "  its file says what is so already")
                            : dry ? "would change" : "changed");
            reload.changes().forEach(change -> out.println("  -> " + change));
            if (!reload.restart().isEmpty()) {
                out.println("  -> takes a restart, and is as it was: " + String.join(", ", reload.restart()));
            }
            reload.overruled().forEach(one -> out.println("  -> left as it was: " + one));
        }
    }
}
