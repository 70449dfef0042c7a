package dev.proxyherd.gateway;

import dev.proxyherd.gateway.index.KnownClients;
import dev.proxyherd.gateway.metrics.Meters;
import dev.proxyherd.log.TrafficLog;
import dev.proxyherd.places.PlaceLabels;
import dev.proxyherd.places.PlacesProvider;
import dev.proxyherd.status.HerdStatus;
import dev.proxyherd.store.Reports;
import dev.proxyherd.store.UpdateListener;
import java.time.InstantSource;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * What a server lends to its gateway.
 *
 * @param subscribe lets a listener hear of every accepted update from now on
 * @param labels names for the map
 * @param herd what is known of servers and links now
 * @param ready whether the server has read its journal, if it has one, and is not stopping
 * @param meters filled by the server and read here
 * @param refusedConnections how many the server's own port has refused
 */
public record GatewayParts(
        KnownClients known,
        Reports reports,
        Consumer<UpdateListener> subscribe,
        PlacesProvider places,
        PlaceLabels labels,
        TrafficLog log,
        InstantSource clock,
        Supplier<HerdStatus> herd,
        BooleanSupplier ready,
        Meters meters,
        LongSupplier refusedConnections) {
}
