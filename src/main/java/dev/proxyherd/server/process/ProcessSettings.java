package dev.proxyherd.server.process;

import dev.proxyherd.places.PlacesProvider;
import dev.proxyherd.server.ServerSettings;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a process of servers runs.
 *
 * @param source where the servers' topology can be read again
 * @param start what was read there at the start
 * @param names the servers that run here, one or more
 * @param http the HTTP ports, one at most for each of them
 * @param servers how all of them are set
 * @param places what all of them ask; the process closes it
 * @param fences the fences to follow clients in; null for none
 */
public record ProcessSettings(
        TopologySource source, Reading start, List<String> names, List<HttpPort> http, ServerSettings servers,
        PlacesProvider places, @Nullable GivenFences fences) {

    public ProcessSettings {
        names = List.copyOf(names);
        http = List.copyOf(http);
    }
}
