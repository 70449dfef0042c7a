package dev.proxyherd.server;

import dev.proxyherd.gateway.Meters;
import dev.proxyherd.net.CommandMeter;
import dev.proxyherd.protocol.Location;
import dev.proxyherd.store.UpdateListener;
import java.time.Instant;
import java.time.InstantSource;

/** Carries what connections and links measure over to the gateway. */
final class GatewayMeters implements CommandMeter, UpdateListener {
    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    private final Meters meters = Meters.create();
    private final InstantSource clock;

    GatewayMeters(InstantSource clock) {
        this.clock = clock;
    }

    Meters meters() {
        return meters;
    }

    @Override
    public void handled(String name, String outcome, long nanos) {
        meters.commands().of(name, outcome).record(nanos);
    }

    @Override
    public void lookedUp(String status, long nanos) {
        meters.places().of("configured", status).record(nanos);
    }

    @Override
    public void updated(Location location, String fromNeighbour) {
        if (fromNeighbour != null) {
            Instant now = clock.instant();
            long delay = now.getEpochSecond() * NANOS_PER_SECOND + now.getNano() - location.heardNanos();
            meters.flood().of(fromNeighbour, "accepted").record(delay);
        }
    }
}
