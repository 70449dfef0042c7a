package dev.proxyherd.gateway.api;

import dev.proxyherd.gateway.request.Reply;
import java.util.function.BooleanSupplier;

/** {@code /healthz}: the process lives. {@code /readyz}: the server has read its journal and is not stopping. */
public final class HealthPages {
    private final BooleanSupplier ready;

    public HealthPages(BooleanSupplier ready) {
        this.ready = ready;
    }

    public Reply alive() {
        return Reply.ok(Reply.TEXT, "ok\n");
    }

    public Reply ready() {
        return ready.getAsBoolean() ? Reply.ok(Reply.TEXT, "ready\n")
                : Reply.problem(503, "the server still reads its journal, or is stopping");
    }
}
