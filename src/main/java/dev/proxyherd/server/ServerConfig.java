package dev.proxyherd.server;

import dev.proxyherd.link.handshake.Secret;
import dev.proxyherd.link.session.LinkTiming;
import dev.proxyherd.net.ClientLimits;
import dev.proxyherd.places.setup.Lookups;
import dev.proxyherd.protocol.ServerName;
import dev.proxyherd.server.files.StateSettings;
import dev.proxyherd.topology.ServerAddress;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.function.Consumer;

/**
 * All that one server needs to know before it starts.
 *
 * @param listen where it accepts connections
 * @param neighbours its neighbours' names and where each of them listens
 * @param state what it keeps, and where
 * @param places shared with the other servers of the process; the server does not close its provider
 * @param warnings takes what a person should know at once, beside the log; it must not wait
 */
public record ServerConfig(
        ServerName name,
        ServerAddress listen,
        Map<String, ServerAddress> neighbours,
        Secret secret,
        ClientLimits limits,
        LinkTiming timing,
        StateSettings state,
        Lookups places,
        InstantSource clock,
        Consumer<String> warnings) {

    /** The server's traffic log. */
    public Path logFile() {
        return state.dir().resolve("server-" + name + ".log");
    }

    Path journalFile() {
        return state.dir().resolve("server-" + name + ".journal");
    }

    Path lockFile() {
        return state.dir().resolve("server-" + name + ".lock");
    }
}
