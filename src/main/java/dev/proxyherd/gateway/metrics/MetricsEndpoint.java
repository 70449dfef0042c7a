package dev.proxyherd.gateway.metrics;

import dev.proxyherd.gateway.request.Problem;
import dev.proxyherd.gateway.request.Reply;
import dev.proxyherd.gateway.request.Request;
import java.io.IOException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Makes the metrics page when somebody first asks for it. */
public final class MetricsEndpoint {
    private final Supplier<MetricsPage> maker;
    private final ReentrantLock making = new ReentrantLock();
    private @Nullable MetricsPage page;

    public MetricsEndpoint(Supplier<MetricsPage> maker) {
        this.maker = maker;
    }

    /** For whoever may see every client: else counts would tell that there are others. */
    public Reply get(Request request) throws IOException {
        if (!request.rights().seesAll()) {
            throw new Problem(403, "metrics count all clients, so a token needs admin for them, or to see '*'");
        }
        return page().get(request.header("Accept"));
    }

    private MetricsPage page() {
        making.lock();
        try {
            if (page == null) {
                page = maker.get();
            }
            return page;
        } finally {
            making.unlock();
        }
    }
}
