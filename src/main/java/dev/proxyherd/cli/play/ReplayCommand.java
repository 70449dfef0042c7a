package dev.proxyherd.cli.play;

import dev.proxyherd.cli.options.CliException;
import dev.proxyherd.cli.options.ServerOption;
import dev.proxyherd.cli.options.Terminal;
import dev.proxyherd.tracks.formats.ColumnNames;
import dev.proxyherd.tracks.read.Tracks;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code herd replay FILE…}: recorded tracks as moving clients. */
@Command(
        name = "replay",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Play recorded tracks as moving clients: GPX, NMEA (RMC, GGA, GLL, GNS) or CSV with a header (lat, lon, time, id), "
                + "gzipped or not. They are played together, from the time of the earliest point on, and each report carries its own time. A "
                + "track without dates begins with the earliest that has them, else in 1970. "
                + "What is taken for what, and what is left out and why, is said on the error output.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  herd replay run.gpx                       as it was recorded",
            "  herd replay --speed 60 --now taxis/*.csv  a minute in a second, as if it happened now",
            "  herd replay --all-at-once log.nmea        as fast as the server takes it",
            "  herd replay --columns id=bus,time=seen bus.csv  of CSV these columns"})
public final class ReplayCommand implements Callable<Integer> {
    /** All that could be read was played, and that was not all. */
    private static final int LEFT_OUT = 1;

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "FILE", arity = "1..*", description = "Track files.")
    private List<Path> files;

    @Option(names = "--speed", paramLabel = "N", defaultValue = "1",
            description = "How many times faster than recorded (default: ${DEFAULT-VALUE}).")
    private double speed;

    @Option(names = "--all-at-once", fallbackValue = "true", description = "As fast as the server takes it.")
    private boolean allAtOnce;

    @Option(names = "--now", fallbackValue = "true",
            description = "Give the reports times from now on instead of their own.")
    private boolean now;

    @Option(names = "--columns", paramLabel = "id=NAME,lat=NAME,...",
            description = "Which columns of CSV files are which, by their names in the header or their numbers from 1: id, lat, lon, "
                    + "time, date, ns, ew, valid, zone (default: those that their names tell).")
    private @Nullable String columns;

    @Mixin
    private ServerOption server;

    @Override
    public Integer call() throws CliException, InterruptedException {
        if (!(speed > 0 && speed <= 1e6)) {
            throw new CliException("--speed must be above 0 and at most 1000000; --all-at-once has no pace");
        }
        CliException.unless(!allAtOnce || !spec.commandLine().getParseResult().hasMatchedOption("--speed"),
                "--speed and --all-at-once exclude each other; leave one out");
        Tracks tracks = read();
        PrintWriter err = spec.commandLine().getErr();
        tracks.taken().forEach(taken -> err.println(Terminal.escaped(taken)));
        tracks.remarks().forEach(remark -> err.println("herd: " + Terminal.escaped(remark)));
        int code = new Playing(err).run(server.connect(),
                (player, herd) -> player.replay(tracks, allAtOnce ? 0 : speed, now ? Instant.now() : null, herd));
        return tracks.damaged() > 0 ? Math.max(code, LEFT_OUT) : code;
    }

    private Tracks read() throws CliException {
        try {
            return Tracks.read(files, columns == null ? ColumnNames.NONE : ColumnNames.parse(columns));
        } catch (IllegalArgumentException e) {
            throw new CliException("--columns: " + e.getMessage());
        } catch (IOException e) {
            throw new CliException(e.getMessage());
        }
    }
}
