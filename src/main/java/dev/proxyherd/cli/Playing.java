package dev.proxyherd.cli;

import dev.proxyherd.tracks.Player;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Locale;

/** Runs a {@link Player} in the foreground with progress on the error output; Ctrl-C ends it in order. */
final class Playing {
    private final PrintWriter err;

    Playing(PrintWriter err) {
        this.err = err;
    }

    /** What is played. */
    interface Play {
        Player.Progress with(Player player) throws IOException, InterruptedException;
    }

    int run(Play play) throws CliException, InterruptedException {
        Player player = new Player(this::show);
        try (OnSignal end = new OnSignal(player::stop)) {
            Player.Progress last = play.with(player);
            show(last);
            err.println();
            err.flush();
            return last.refused() > 0 ? ClientOutput.INVALID : 0;
        } catch (IOException e) {
            err.println();
            throw new CliException("the server did not answer: " + e.getMessage());
        }
    }

    private void show(Player.Progress progress) {
        String of = progress.total() < 0 ? "" : String.format(Locale.ROOT, " of %,d (%d %%)",
                progress.total(), 100 * progress.sent() / Math.max(1, progress.total()));
        String refused = progress.refused() == 0 ? "" : String.format(Locale.ROOT, ", %,d refused", progress.refused());
        err.printf(Locale.ROOT, "\r%,d reports%s, %,d/s%s   ", progress.sent(), of, progress.perSecond(), refused);
        err.flush();
    }
}
