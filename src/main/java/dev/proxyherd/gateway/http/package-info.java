/**
 * The HTTP server: its limits, its threads, its headers, and one way in and out for every request.
 *
 * <p>Requests run on threads of their own, see {@link dev.proxyherd.gateway.http.GatewayThreads}.
 */
package dev.proxyherd.gateway.http;
