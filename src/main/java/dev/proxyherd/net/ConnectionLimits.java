package dev.proxyherd.net;

/**
 * How many connections one server takes from clients.
 *
 * @param total at once
 * @param perHost those of one address, beside those of neighbours; 0 for no limit
 */
public record ConnectionLimits(int total, int perHost) {
}
