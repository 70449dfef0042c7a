package dev.proxyherd.server.process;

import dev.proxyherd.gateway.GatewaySettings;

/**
 * An HTTP port that the process opens.
 *
 * @param server the name of the server whose port it is
 * @param settings all that is to know about the port
 */
public record HttpPort(String server, GatewaySettings settings) {
}
