package dev.proxyherd.gateway.http;

import dev.proxyherd.io.HostLimit;
import java.net.InetAddress;

/** What an address holds while a request of its is under way, if it has not as many as it may. The request's thread only. */
final class HostPermit implements AutoCloseable {
    private final HostLimit hosts;
    private final InetAddress host;
    private boolean held;

    HostPermit(HostLimit hosts, InetAddress host) {
        this.hosts = hosts;
        this.host = host;
        this.held = hosts.enter(host);
    }

    /** Whether it was given and has not been given back. */
    boolean isHeld() {
        return held;
    }

    /** Gives it back; harmless when repeated. */
    @Override
    public void close() {
        if (held) {
            held = false;
            hosts.leave(host);
        }
    }
}
