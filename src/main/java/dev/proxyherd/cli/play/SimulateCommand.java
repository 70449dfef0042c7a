package dev.proxyherd.cli.play;

import dev.proxyherd.cli.options.CliException;
import dev.proxyherd.cli.options.ServerOption;
import dev.proxyherd.places.PlaceLabel;
import dev.proxyherd.places.PlacesException;
import dev.proxyherd.places.bundled.BundledPlaces;
import dev.proxyherd.tracks.play.Walkers;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code herd simulate}: made-up clients that move around real cities. */
@Command(
        name = "simulate",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Make up clients that walk, ride and drive around real cities, until Ctrl-C. Servers go on knowing them.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  herd simulate --clients 1000",
            "  herd simulate --clients 10000 --cities 200 --interval 5s --server Parker"})
public final class SimulateCommand implements Callable<Integer> {
    private static final int MAX_CLIENTS = 1_000_000;
    private static final int MAX_CITIES = 10_000;
    private static final Duration LONGEST = Duration.ofDays(1);

    @Spec
    private CommandSpec spec;

    @Option(names = "--clients", paramLabel = "N", defaultValue = "1000",
            description = "How many (default: ${DEFAULT-VALUE}).")
    private int clients;

    @Option(names = "--cities", paramLabel = "N", defaultValue = "60",
            description = "Around how many of the largest cities (default: ${DEFAULT-VALUE}).")
    private int cities;

    @Option(names = "--interval", paramLabel = "TIME", defaultValue = "1s",
            description = "How often each of them reports (default: ${DEFAULT-VALUE}).")
    private Duration interval;

    @Option(names = "--seed", paramLabel = "N", defaultValue = "1",
            description = "Another number, other walks (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Mixin
    private ServerOption server;

    @Override
    public Integer call() throws CliException, InterruptedException {
        CliException.unless(clients >= 1 && clients <= MAX_CLIENTS, "--clients must be 1 to " + MAX_CLIENTS);
        CliException.unless(cities >= 1 && cities <= MAX_CITIES, "--cities must be 1 to " + MAX_CITIES);
        CliException.unless(!interval.isZero() && interval.compareTo(LONGEST) <= 0, "--interval must be 1ms to 1d");
        List<PlaceLabel> around;
        try (BundledPlaces places = new BundledPlaces()) {
            around = places.largest(-180, -90, 180, 90, cities);
        } catch (PlacesException e) {
            throw new CliException(e.getMessage());
        }
        Walkers walkers = new Walkers(clients, around, interval, Clock.systemUTC(), new Random(seed));
        return new Playing(spec.commandLine().getErr())
                .run(server.connect(), (player, herd) -> player.simulate(walkers, herd));
    }
}
