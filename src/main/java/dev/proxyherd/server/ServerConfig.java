package dev.proxyherd.server;

import dev.proxyherd.link.LinkTiming;
import dev.proxyherd.link.Secret;
import dev.proxyherd.net.ClientLimits;
import dev.proxyherd.places.PlaceLabels;
import dev.proxyherd.places.PlacesProvider;
import dev.proxyherd.protocol.ServerName;
import dev.proxyherd.topology.ServerAddress;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;

/**
 * All that one server needs to know before it starts.
 *
 * @param listen where it accepts connections
 * @param neighbours its neighbours' names and where each of them listens
 * @param stateDir where it keeps its files; made if it is missing
 * @param logBytes a bound on the disk that its traffic log takes, all rotated files together
 * @param places shared with the other servers of the process; the server does not close it
 */
public record ServerConfig(
        ServerName name,
        ServerAddress listen,
        Map<String, ServerAddress> neighbours,
        Secret secret,
        ClientLimits limits,
        LinkTiming timing,
        Path stateDir,
        long logBytes,
        PlacesProvider places,
        InstantSource clock) {

    /** Whether the places may be drawn on a map that is not the provider's own. */
    boolean mayPlotPlaces() {
        return true;
    }

    /** Names of localities for the map; from the places, or else loaded when the map first asks for them. */
    PlaceLabels labels() {
        return places instanceof PlaceLabels labels ? labels : new LazyLabels();
    }

    /** The server's traffic log. */
    public Path logFile() {
        return stateDir.resolve("server-" + name + ".log");
    }

    Path lockFile() {
        return stateDir.resolve("server-" + name + ".lock");
    }
}
