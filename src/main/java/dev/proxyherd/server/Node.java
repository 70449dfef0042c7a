package dev.proxyherd.server;

import dev.proxyherd.protocol.ServerName;
import dev.proxyherd.topology.ServerAddress;
import java.util.Map;

/**
 * One server's place in the herd.
 *
 * @param listen where it accepts connections
 * @param neighbours its neighbours' names and where each of them listens
 */
public record Node(ServerName name, ServerAddress listen, Map<String, ServerAddress> neighbours) {
}
