package dev.proxyherd.gateway;

import dev.proxyherd.gateway.http.HttpPort;
import dev.proxyherd.gateway.http.RequestCounts;
import dev.proxyherd.gateway.index.ChangeLog;
import dev.proxyherd.gateway.index.Feed;
import dev.proxyherd.topology.ServerAddress;
import java.io.IOException;
import java.util.function.LongSupplier;

/** One server's HTTP gateway: its port, and the feed of what it shows. It runs from {@link #open} to {@link #close}. */
public final class Gateway implements AutoCloseable {
    private final HttpPort port;
    private final Feed feed;

    private Gateway(HttpPort port, Feed feed) {
        this.port = port;
        this.feed = feed;
    }

    /**
     * Opens the port; when this returns it accepts requests.
     *
     * @throws IOException if it cannot, or must not be opened without a token; the message says what to do
     */
    public static Gateway open(GatewaySettings settings, GatewayParts parts) throws IOException {
        return open(settings, parts, System::nanoTime, ChangeLog.MAX_FORGOTTEN);
    }

    /**
     * @param nanos by which requests are ended that take too long
     * @param maxForgotten how many forgotten clients are kept for subscribers to be told
     */
    static Gateway open(GatewaySettings settings, GatewayParts parts, LongSupplier nanos, int maxForgotten)
            throws IOException {
        Feed feed = new Feed(parts.clients(), parts.log().faults(),
                Long.toString(parts.clock().millis(), 36), maxForgotten);
        RequestCounts counts = new RequestCounts();
        HttpPort port = HttpPort.open(settings.port(), RouteTable.of(parts, settings, feed, counts, nanos), counts,
                parts.log(), nanos);
        return new Gateway(port, feed);
    }

    /** Where it listens. */
    public ServerAddress address() {
        return port.address();
    }

    /** The live map's address, for a person. */
    public String url() {
        String host = address().host();
        boolean any = host.equals("0.0.0.0") || host.equals("::");
        return (port.isTls() ? "https://" : "http://") + new ServerAddress(any ? "localhost" : host, address().port())
                + '/';
    }

    /** From now on one address may have so many requests under way, 0 for no limit. */
    public void limitPerHost(int requests) {
        port.limitPerHost(requests);
    }

    /** Ends subscriptions, gives requests some seconds to end, and closes the port. */
    @Override
    public void close() {
        feed.close();
        port.close();
    }
}
