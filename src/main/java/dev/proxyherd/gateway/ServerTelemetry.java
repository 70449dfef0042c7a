package dev.proxyherd.gateway;

import dev.proxyherd.gateway.metrics.Meters;
import dev.proxyherd.status.HerdStatus;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * How the server is, asked for whenever somebody wants to know; by any thread.
 *
 * @param herd what is known of servers and links now
 * @param ready whether the server has read its journal, if it has one, and is not stopping
 * @param refusedConnections how many the server's own port has refused
 * @param meters filled by the server and read here
 */
public record ServerTelemetry(
        Supplier<HerdStatus> herd, BooleanSupplier ready, LongSupplier refusedConnections, Meters meters) {
}
