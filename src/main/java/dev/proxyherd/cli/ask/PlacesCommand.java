package dev.proxyherd.cli.ask;

import dev.proxyherd.cli.options.CliException;
import dev.proxyherd.cli.options.PlacesOptions;
import dev.proxyherd.cli.options.TopologyDefaults;
import dev.proxyherd.cli.options.TopologyOption;
import dev.proxyherd.places.PlacesProvider;
import dev.proxyherd.places.PlacesQuery;
import dev.proxyherd.places.document.PlacesDocument;
import dev.proxyherd.places.setup.Places;
import dev.proxyherd.places.setup.PlacesAdvice;
import dev.proxyherd.topology.Topology;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code herd places LAT LON RADIUS [BOUND]}: asks a provider directly. */
@Command(
        name = "places",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Ask a places provider directly, print its document, and say in words what is wrong, if "
                + "anything; no fallback stands in for it. The exit code is 1 when the lookup failed.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  herd places 51.5074 -0.1278 2 5",
            "  herd places 51.5074 -0.1278 2 --places overpass",
            "  HERD_PLACES_KEY=... herd places 51.5074 -0.1278 2 --places google"})
public final class PlacesCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(index = "0", paramLabel = "LAT", description = "Degrees, -90 to 90.")
    private double latitude;

    @Parameters(index = "1", paramLabel = "LON", description = "Degrees, -180 to 180.")
    private double longitude;

    @Parameters(index = "2", paramLabel = "RADIUS", description = "Kilometres, 0 to 50.")
    private double radius;

    @Parameters(index = "3", paramLabel = "BOUND", arity = "0..1", defaultValue = "20",
            description = "How many places at most, 0 to 20 (default: ${DEFAULT-VALUE}).")
    private int bound;

    @Mixin
    private TopologyOption topologyOption;

    @Mixin
    private PlacesOptions places;

    @Override
    public Integer call() throws CliException {
        Topology topology = topologyOption.readIfAny();
        if (topology != null) {
            TopologyDefaults.apply(topology, spec);
        }
        CliException.unless(Math.abs(latitude) <= 90, "LAT must be -90 to 90");
        CliException.unless(Math.abs(longitude) <= 180, "LON must be -180 to 180");
        CliException.unless(radius >= 0 && radius <= 50, "RADIUS must be 0 to 50 kilometres");
        CliException.unless(bound >= 0 && bound <= PlacesProvider.MAX_RESULTS, "BOUND must be 0 to 20");
        try (PlacesProvider provider = places.openAlone(spec.commandLine().getErr())) {
            PlacesDocument document = Places.answer(provider,
                    PlacesQuery.withinKm(latitude, longitude, radius, bound));
            System.out.write(document.bytes(), 0, document.bytes().length);
            System.out.println();
            System.out.flush();
            List<String> advice = PlacesAdvice.words(places.source(), document);
            advice.forEach(words -> spec.commandLine().getErr().println("herd: " + words));
            return advice.isEmpty() ? 0 : 1;
        }
    }
}
