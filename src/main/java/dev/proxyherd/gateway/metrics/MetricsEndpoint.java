package dev.proxyherd.gateway.metrics;

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

    public Reply get(Request request) throws IOException {
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
