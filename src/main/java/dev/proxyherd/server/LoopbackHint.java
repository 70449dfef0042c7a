package dev.proxyherd.server;

import dev.proxyherd.io.HostDial;
import dev.proxyherd.topology.ServerAddress;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Tells the operator of a server that only its own machine reaches, though its neighbours are on others: the name of a
 * machine often stands for 127.0.1.1 in its own /etc/hosts.
 */
final class LoopbackHint {
    private LoopbackHint() {
    }

    /**
     * Looks that up on a daemon thread of its own, for a name service may take long, where there is anything to look up.
     *
     * @param own where the server listens
     */
    static void giveSoon(ServerConfig config, InetAddress own) {
        if (own.isLoopbackAddress() && !config.node().neighbours().isEmpty()) {
            Thread.ofPlatform().daemon().name("hint-" + config.name())
                    .start(() -> give(config.listen(), own, config.node().neighbours(), HostDial.Names.SYSTEM,
                            config.context().warnings()));
        }
    }

    static void give(ServerAddress listen, InetAddress own, Map<String, ServerAddress> neighbours, HostDial.Names names,
            Consumer<String> warnings) {
        for (Map.Entry<String, ServerAddress> neighbour : neighbours.entrySet()) {
            List<InetAddress> found = lookUp(neighbour.getValue(), names);
            if (own.isLoopbackAddress() && !found.isEmpty()
                    && found.stream().noneMatch(InetAddress::isLoopbackAddress)) {
                warnings.accept("this server listens on " + listen + ", which is " + HostDial.text(own)
                        + " and can be reached from this machine only, but its neighbour " + neighbour.getKey()
                        + " is at "
                        + HostDial.text(found.getFirst())
                        + "; unless a tunnel leads here, give it this machine's own address, "
                        + "in the topology file or with --listen (/etc/hosts may say otherwise of its name)");
                return;
            }
        }
    }

    private static List<InetAddress> lookUp(ServerAddress address, HostDial.Names names) {
        try {
            return names.of(address.host());
        } catch (UnknownHostException e) {
            return List.of(); // the link says so
        }
    }
}
