/**
 * The HTTP gateway: reports of phones in, GeoJSON, events, metrics and the live map out. This room wires the inner ones
 * together; {@link dev.proxyherd.gateway.RouteTable} is all that is served.
 *
 * <p>Handlers are blocking code, one thread for each request. What the API shows is in an index of clients, which starts with
 * the first request that needs it; until then, and while there is no gateway, updates cost nothing here.
 *
 * <p>Its inner rooms, each of which may use those after it: {@code metrics}; {@code api} and {@code reports}; {@code http} and
 * {@code index}, which do not know each other; {@code access}; {@code request}. They depend on {@code apps}, {@code store}, {@code places}, {@code status},
 * {@code log}, {@code io}, {@code geo}, {@code topology}, {@code foreign}, {@code protocol}, gson and the Prometheus client
 * library, whose classes load when a gateway is opened; never on {@code net} or {@code link}.
 */
@NullMarked
package dev.proxyherd.gateway;

import org.jspecify.annotations.NullMarked;
