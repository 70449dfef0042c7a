package dev.proxyherd.fences;

import dev.proxyherd.store.ClientPattern;
import java.net.URI;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A fence, as its file says. Immutable; equal to another that says the same.
 *
 * @param id unlike that of any other fence
 * @param name for people
 * @param clients whom it is for; empty for all
 * @param events which crossings are told, one kind at least
 * @param marginMetres 0 or more: a client is in only when it is so far inside, and out only when it is so far outside; in
 *     between it stays what it was
 * @param webhook where its crossings are sent, too; null for nowhere
 * @param shape what is within it
 */
public record Fence(String id, String name, List<ClientPattern> clients, Set<CrossingKind> events,
        double marginMetres, @Nullable URI webhook, FenceShape shape) {

    public Fence {
        clients = List.copyOf(clients);
        events = Set.copyOf(events);
    }

    /** Whether it is for this client. */
    public boolean isFor(String client) {
        if (clients.isEmpty()) {
            return true;
        }
        for (ClientPattern pattern : clients) {
            if (pattern.matches(client)) {
                return true;
            }
        }
        return false;
    }
}
