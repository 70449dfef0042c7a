package dev.proxyherd.cli.play;

import dev.proxyherd.cli.options.CliException;
import dev.proxyherd.cli.options.ClientOutput;
import dev.proxyherd.cli.options.OnSignal;
import dev.proxyherd.cli.options.ServerOption;
import dev.proxyherd.cli.options.Terminal;
import dev.proxyherd.client.HerdClient;
import dev.proxyherd.tracks.play.Player;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Locale;

/** Runs a {@link Player} in the foreground with progress on the error output; Ctrl-C ends it in order. */
final class Playing {
    private final PrintWriter err;
    private final boolean terminal = Terminal.isThere();
    private final Player player = new Player(this::show);
    private int width;

    Playing(PrintWriter err) {
        this.err = err;
    }

    /** What is played. */
    interface Play {
        Player.Progress with(Player player, HerdClient herd) throws IOException, InterruptedException;
    }

    int run(HerdClient herd, Play play) throws CliException, InterruptedException {
        try (OnSignal end = new OnSignal(player::stop)) {
            Player.Progress last = play.with(player, herd);
            show(last);
            end();
            return last.refused() > 0 ? ClientOutput.INVALID : 0;
        } catch (IOException e) {
            end();
            throw ServerOption.unanswered(herd, e);
        }
    }

    private void show(Player.Progress progress) {
        String of = progress.total() < 0 ? "" : String.format(Locale.ROOT, " of %,d (%d %%)",
                progress.total(), 100 * progress.sent() / Math.max(1, progress.total()));
        String refused = progress.refused() == 0 ? "" : String.format(Locale.ROOT, ", %,d refused", progress.refused());
        String line = String.format(Locale.ROOT, "%,d reports%s, %,d/s%s", progress.sent(), of, progress.perSecond(),
                refused);
        err.print(terminal ? '\r' + line + " ".repeat(Math.max(0, width - line.length()))
                : line + System.lineSeparator());
        width = line.length();
        // Where nobody reads any more, as after | head, there is no use in going on.
        if (err.checkError()) {
            player.stop();
        }
    }

    /** Leaves the line that a terminal's progress is written over on. */
    private void end() {
        if (terminal) {
            err.println();
            err.flush();
        }
    }
}
