package dev.proxyherd.gateway;

import dev.proxyherd.gateway.metrics.Meters;
import dev.proxyherd.status.HerdStatus;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * How the server is, asked for whenever somebody wants to know; by any thread.
 *
 * @param herd what is known of servers and links now
 * @param notReady why the server is not ready: it still reads its journal, may not open its links with it, or is stopping;
 *     null when it is
 * @param refusedConnections how many the server's own port has refused
 * @param meters filled by the server and read here
 */
public record ServerTelemetry(
        Supplier<HerdStatus> herd, Supplier<@Nullable String> notReady, LongSupplier refusedConnections,
        Meters meters) {
}
