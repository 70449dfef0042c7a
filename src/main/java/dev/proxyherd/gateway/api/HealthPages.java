package dev.proxyherd.gateway.api;

import dev.proxyherd.gateway.request.Reply;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** {@code /healthz}: the process lives. {@code /readyz}: the server has read its journal, may use it, and is not stopping. */
public final class HealthPages {
    private final Supplier<@Nullable String> notReady;

    /** @param notReady gives the reason, or null */
    public HealthPages(Supplier<@Nullable String> notReady) {
        this.notReady = notReady;
    }

    public Reply alive() {
        return Reply.ok(Reply.TEXT, "ok\n");
    }

    public Reply ready() {
        String reason = notReady.get();
        return reason == null ? Reply.ok(Reply.TEXT, "ready\n") : Reply.problem(503, reason);
    }
}
