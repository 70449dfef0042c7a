package dev.proxyherd.bench;

import dev.proxyherd.tls.sockets.ClientTls;
import dev.proxyherd.topology.ServerAddress;
import org.jspecify.annotations.Nullable;

/**
 * A server to measure.
 *
 * @param tls who must be there; null where no TLS is spoken
 */
public record BenchTarget(String name, ServerAddress address, @Nullable ClientTls tls) {

    @Override
    public String toString() {
        return name + " (" + address + ')';
    }
}
