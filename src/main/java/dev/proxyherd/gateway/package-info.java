/**
 * The HTTP gateway: reports of phones in, GeoJSON, events, metrics and the live map out.
 *
 * <p>Handlers are blocking code, one thread for each request, on the JDK's own HTTP server
 * ({@link dev.proxyherd.gateway.GatewayThreads} tells which kind of thread and why). What the API shows is in
 * {@link dev.proxyherd.gateway.ClientIndex}, filled by {@link dev.proxyherd.gateway.Feed}, which has a thread of its own and
 * starts with the first request that needs it; until then, and while there is no gateway, updates cost nothing here. One
 * more thread, {@link dev.proxyherd.gateway.Watchdog}, interrupts requests whose time is up.
 *
 * <p>It depends on {@code io}, {@code store}, {@code places}, {@code log}, {@code protocol}, {@code topology}, {@code foreign},
 * gson and, from the first scrape of {@code /metrics} on, the Prometheus client library; never on {@code net} or {@code link}: what it shows of
 * these, {@code server} hands in as {@link dev.proxyherd.status.HerdStatus}.
 */
package dev.proxyherd.gateway;
