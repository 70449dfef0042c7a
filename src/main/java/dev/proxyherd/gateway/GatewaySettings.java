package dev.proxyherd.gateway;

import dev.proxyherd.topology.ServerAddress;
import java.util.List;

/**
 * How one server's HTTP port is opened.
 *
 * @param listen where; port 0 for any free one
 * @param tries how many ports to try, from that one upwards; 1 to insist
 * @param token what requests must carry, as bearer or as the password of basic authentication; null to ask for none
 * @param open whether an address that others can reach is opened without a token
 * @param origins of pages elsewhere that may use the API, such as {@code https://example.org}; usually none
 * @param hosts names under which this port is reached, beside {@code localhost}, addresses in digits and {@code listen}'s host
 * @param takesNullIsland whether apps may report exactly 0, 0
 * @param plotsPlaces whether the map may draw places: a provider's terms may forbid it on a map that is not its own
 * @param requestsPerHost how many requests of one address may be under way at once, event streams included; 0 for no limit
 */
public record GatewaySettings(
        ServerAddress listen, int tries, String token, boolean open, List<String> origins, List<String> hosts,
        boolean takesNullIsland, boolean plotsPlaces, int requestsPerHost) {

    public GatewaySettings {
        origins = List.copyOf(origins);
        hosts = List.copyOf(hosts);
    }

    /** On a loopback address, without a token. */
    public static GatewaySettings loopback(int port) {
        return new GatewaySettings(new ServerAddress("127.0.0.1", port), 1, null, false, List.of(), List.of(), false,
                true, 0);
    }
}
