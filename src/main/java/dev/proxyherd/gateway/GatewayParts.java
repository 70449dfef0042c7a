package dev.proxyherd.gateway;

import dev.proxyherd.gateway.index.ClientSource;
import dev.proxyherd.log.TrafficLog;
import java.time.InstantSource;

/**
 * What a server lends to its gateway.
 *
 * @param clients what it knows of clients
 * @param changes what changes them
 * @param places what it tells of places
 * @param telemetry how it is
 * @param fences what clients go into and out of
 */
public record GatewayParts(
        ClientSource clients, ClientChanges changes, MapPlaces places, ServerTelemetry telemetry, TrafficLog log,
        InstantSource clock, FenceSource fences) {

    /** Without fences. */
    GatewayParts(ClientSource clients, ClientChanges changes, MapPlaces places, ServerTelemetry telemetry,
            TrafficLog log, InstantSource clock) {
        this(clients, changes, places, telemetry, log, clock, FenceSource.NONE);
    }
}
