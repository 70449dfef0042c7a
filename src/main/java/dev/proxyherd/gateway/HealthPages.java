package dev.proxyherd.gateway;

import java.util.function.BooleanSupplier;

/** {@code /healthz}: the process lives. {@code /readyz}: the server has read its journal and is not stopping. */
final class HealthPages {
    private final BooleanSupplier ready;

    HealthPages(BooleanSupplier ready) {
        this.ready = ready;
    }

    Reply alive() {
        return Reply.ok(Reply.TEXT, "ok\n");
    }

    Reply ready() {
        return ready.getAsBoolean() ? Reply.ok(Reply.TEXT, "ready\n")
                : Reply.problem(503, "the server still reads its journal, or is stopping");
    }
}
