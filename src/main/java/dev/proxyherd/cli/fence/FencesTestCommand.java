package dev.proxyherd.cli.fence;

import dev.proxyherd.cli.options.CliException;
import dev.proxyherd.fences.FenceGeometry;
import dev.proxyherd.fences.FencedArea;
import dev.proxyherd.fences.Fences;
import dev.proxyherd.fences.Side;
import dev.proxyherd.fences.file.FenceReader;
import dev.proxyherd.geo.Geo;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code herd fences test LAT LON}: which fences a point is in. */
@Command(
        name = "test",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Tell which fences of a file a point is in, or so near to that their margin counts.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:it is in one, or more", "1:it is in none", "2:the file cannot be used, or this is no point"},
        footerHeading = "%nExamples:%n",
        footer = {
            "  herd fences test --fences fences.geojson 34.068930 -118.445127",
            "  herd fences test --fences fences.geojson --client van-7 34.068930 -118.445127"})
final class FencesTestCommand implements Callable<Integer> {
    private static final int IN_NONE = 1;

    @Spec
    private CommandSpec spec;

    @Option(names = "--fences", paramLabel = "FILE", required = true,
            description = "GeoJSON, as servers are given it; the variable HERD_FENCES can name it, too.")
    private Path file;

    @Option(names = "--client", paramLabel = "ID", description = "Only fences that are for this client.")
    private @Nullable String client;

    @Parameters(index = "0", paramLabel = "LAT", description = "Latitude in degrees, -90 to 90.")
    private double latitude;

    @Parameters(index = "1", paramLabel = "LON", description = "Longitude in degrees, -180 to 180.")
    private double longitude;

    @Override
    public Integer call() throws CliException {
        CliException.unless(Geo.valid(latitude, longitude),
                "LAT must be -90 to 90, and LON -180 to 180; the latitude comes first here");
        Fences fences;
        try {
            fences = FenceReader.read(file, FenceGeometry.open());
        } catch (IOException e) {
            throw new CliException(e.getMessage());
        }
        int code = IN_NONE;
        boolean isNear = false;
        for (int place : fences.index().near(latitude, longitude)) {
            FencedArea area = fences.areas().get(place);
            Side side = area.side(latitude, longitude);
            if (side != Side.OUT && isWanted(area)) {
                spec.commandLine().getOut().println(area.fence().id() + ": " + words(side));
                code = side == Side.BARELY_OUT ? code : 0;
                isNear = true;
            }
        }
        if (!isNear) {
            spec.commandLine().getOut().println("in none");
        }
        return code;
    }

    private boolean isWanted(FencedArea area) {
        return client == null || area.fence()
                .isFor(new String(client.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1));
    }

    private static String words(Side side) {
        return switch (side) {
            case IN -> "in";
            case BARELY_IN -> "in, but within its margin: who was out stays out";
            case BARELY_OUT -> "out, but within its margin: who was in stays in";
            case OUT -> "out";
        };
    }
}
