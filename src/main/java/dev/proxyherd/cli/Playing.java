package dev.proxyherd.cli;

import dev.proxyherd.tracks.Player;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Runs a {@link Player} in the foreground with progress on the error output; Ctrl-C ends it in order. */
final class Playing {
    private static final Duration STOP_LIMIT = Duration.ofSeconds(5);

    private final PrintWriter err;
    private final CountDownLatch done = new CountDownLatch(1);

    Playing(PrintWriter err) {
        this.err = err;
    }

    /** What is played. */
    interface Play {
        Player.Progress with(Player player) throws IOException, InterruptedException;
    }

    int run(Play play) throws CliException, InterruptedException {
        Player player = new Player(progress -> show(progress, "\r"));
        Thread hook = Thread.ofPlatform().name("stop").unstarted(() -> stop(player));
        Runtime.getRuntime().addShutdownHook(hook);
        try {
            Player.Progress end = play.with(player);
            show(end, "\r");
            err.println();
            err.flush();
            return end.refused() > 0 ? ClientOutput.INVALID : 0;
        } catch (IOException e) {
            err.println();
            throw new CliException("the server did not answer: " + e.getMessage());
        } finally {
            done.countDown();
        }
    }

    private void stop(Player player) {
        player.stop();
        try {
            done.await(STOP_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void show(Player.Progress progress, String start) {
        String of = progress.total() < 0 ? ""
                : String.format(" of %,d (%d %%)", progress.total(), 100 * progress.sent() / Math.max(1, progress.total()));
        String refused = progress.refused() == 0 ? "" : String.format(", %,d refused", progress.refused());
        err.printf("%s%,d reports%s, %,d/s%s   ", start, progress.sent(), of, progress.perSecond(), refused);
        err.flush();
    }
}
