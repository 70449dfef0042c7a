package dev.proxyherd.server;

import dev.proxyherd.gateway.metrics.Meters;
import dev.proxyherd.net.CommandMeter;
import dev.proxyherd.protocol.Location;
import dev.proxyherd.store.UpdateListener;
import org.jspecify.annotations.Nullable;

/** Carries what connections and links measure over to the gateway. */
final class GatewayMeters implements CommandMeter, UpdateListener {
    private final Meters meters = new Meters();

    Meters meters() {
        return meters;
    }

    @Override
    public void handled(String name, String outcome, long nanos) {
        meters.handled(name, outcome, nanos);
    }

    @Override
    public void lookedUp(String status, long nanos) {
        meters.lookedUp(status, nanos);
    }

    @Override
    public void updated(Location location, boolean isHeard, @Nullable String fromNeighbour) {
        if (fromNeighbour != null) {
            long heardNanos = location.timeNanos() + location.skewNanos();
            meters.flooded(fromNeighbour, location.arrivedNanos() - heardNanos);
        }
    }
}
