package dev.proxyherd.server.process;

import dev.proxyherd.fences.hooks.HookKey;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * What servers are told of fences.
 *
 * @param file where they are
 * @param outboxBytes how much disk each server's messages to webhooks may take
 * @param webhookKey signs them; null for one that comes from the herd's secret
 */
public record GivenFences(Path file, long outboxBytes, @Nullable HookKey webhookKey) {
}
