package dev.proxyherd.gateway;

import java.util.function.BooleanSupplier;

/** {@code /healthz}: the process lives. {@code /readyz}: the server accepts clients. */
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
                : Reply.problem(503, "the server is stopping, or has not started yet");
    }
}
