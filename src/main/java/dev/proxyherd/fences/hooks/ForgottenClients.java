package dev.proxyherd.fences.hooks;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Clients that were forgotten in the last seconds: what has been seen of them until then is sent to nobody any more. Any
 * thread notes and asks; one thread {@linkplain #turn turns}, now and then. Each is kept for two turns, since a crossing that was
 * seen before may come to the outbox after.
 */
final class ForgottenClients {
    private volatile Map<String, Long> fresh = new ConcurrentHashMap<>();
    private volatile Map<String, Long> older = Map.of();

    /** @param timeNanos what is of no later time of the client's is forgotten */
    void note(String client, long timeNanos) {
        fresh.merge(client, timeNanos, Math::max);
    }

    /** Whether what was seen of a client at this time of its own is to be forgotten. */
    boolean cover(OutboxEntry entry) {
        return covers(fresh, entry) || covers(older, entry);
    }

    static boolean covers(Map<String, Long> forgotten, OutboxEntry entry) {
        Long time = forgotten.get(entry.client());
        return time != null && entry.timeNanos() <= time;
    }

    /** Until when each is forgotten. */
    Map<String, Long> turn() {
        Map<String, Long> all = new HashMap<>(older);
        Map<String, Long> newer = fresh;
        newer.forEach((client, time) -> all.merge(client, time, Math::max));
        older = newer;
        fresh = new ConcurrentHashMap<>();
        return all;
    }
}
