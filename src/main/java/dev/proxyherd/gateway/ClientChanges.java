package dev.proxyherd.gateway;

import dev.proxyherd.gateway.api.ClientForgetter;
import dev.proxyherd.store.Reports;

/**
 * What changes where clients are.
 *
 * @param reports takes what apps report
 * @param forgetter erases clients
 */
public record ClientChanges(Reports reports, ClientForgetter forgetter) {
}
