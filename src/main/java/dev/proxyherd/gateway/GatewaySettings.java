package dev.proxyherd.gateway;

import dev.proxyherd.gateway.access.AccessRules;
import dev.proxyherd.gateway.http.PortSettings;
import dev.proxyherd.rights.LiveTokens;
import dev.proxyherd.topology.ServerAddress;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * How one server's gateway is opened.
 *
 * @param port where, and for whom
 * @param takesNullIsland whether apps may report exactly 0, 0
 * @param plotsPlaces whether the map may draw places: a provider's terms may forbid it on a map that is not its own
 */
public record GatewaySettings(PortSettings port, boolean takesNullIsland, boolean plotsPlaces) {

    /** The same, but for HTTPS. */
    public GatewaySettings inTls(SSLContext context) {
        return new GatewaySettings(new PortSettings(port.listen(), port.tries(), port.access(), port.requestsPerHost(),
                context), takesNullIsland, plotsPlaces);
    }

    /** The same, but with these tokens, null for none beside the one that lets do everything. */
    public GatewaySettings with(@Nullable LiveTokens tokens) {
        return new GatewaySettings(new PortSettings(port.listen(), port.tries(), port.access().with(tokens),
                port.requestsPerHost(), port.tls()), takesNullIsland, plotsPlaces);
    }

    /** On a loopback address, without a token. */
    public static GatewaySettings loopback(int port) {
        return new GatewaySettings(
                new PortSettings(new ServerAddress("127.0.0.1", port), 1, AccessRules.NONE, 0), false, true);
    }
}
