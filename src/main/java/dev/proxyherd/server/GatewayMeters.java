package dev.proxyherd.server;

import dev.proxyherd.gateway.metrics.Meters;
import dev.proxyherd.net.CommandMeter;
import dev.proxyherd.protocol.Location;
import dev.proxyherd.store.UpdateListener;

/** Carries what connections and links measure over to the gateway. */
final class GatewayMeters implements CommandMeter, UpdateListener {
    private final Meters meters = Meters.create();

    Meters meters() {
        return meters;
    }

    @Override
    public void handled(String name, String outcome, long nanos) {
        meters.commands().of(name, outcome).record(nanos);
    }

    @Override
    public void lookedUp(String status, long nanos) {
        meters.lookedUp(status, nanos);
    }

    @Override
    public void updated(Location location, String fromNeighbour) {
        if (fromNeighbour != null) {
            long heardNanos = location.timeNanos() + location.skewNanos();
            meters.flood().of(fromNeighbour, "accepted").record(location.arrivedNanos() - heardNanos);
        }
    }
}
