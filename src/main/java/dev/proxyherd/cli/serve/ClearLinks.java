package dev.proxyherd.cli.serve;

import dev.proxyherd.link.seal.LinkTls;
import dev.proxyherd.topology.ServerAddress;
import dev.proxyherd.topology.Topology;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.TreeSet;

/** Tells the operator which links leave the machine in clear text. */
final class ClearLinks {
    private ClearLinks() {
    }

    /** @param names the servers that run here */
    static void warn(LinkTls mode, Topology topology, List<String> names, PrintWriter err) {
        if (mode != LinkTls.NEVER) {
            return;
        }
        TreeSet<String> clear = new TreeSet<>();
        for (String name : names) {
            topology.neighboursOf(name).forEach((neighbour, address) -> {
                if (!isLoopback(address)) {
                    clear.add(neighbour + " (" + address + ')');
                }
            });
        }
        if (!clear.isEmpty()) {
            err.println(
                    "herd: warning: --link-tls never: whoever listens on the way reads where all clients are; in clear text are the links to "
                            + String.join(", ", clear) + "; leave it out, or say always, unless a tunnel seals them");
        }
    }

    private static boolean isLoopback(ServerAddress address) {
        try {
            return InetAddress.getByName(address.host()).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false; // it is another machine's, wherever that is
        }
    }
}
