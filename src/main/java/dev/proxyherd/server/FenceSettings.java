package dev.proxyherd.server;

import dev.proxyherd.fences.Fences;
import dev.proxyherd.fences.hooks.HookKey;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * How a server follows clients in fences.
 *
 * @param current gives the fences, whenever it is asked
 * @param outboxBytes how much disk messages to webhooks may take
 * @param webhookKey signs them; null for one that comes from the herd's secret
 */
public record FenceSettings(Supplier<Fences> current, long outboxBytes, @Nullable HookKey webhookKey) {
}
