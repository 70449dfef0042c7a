package dev.proxyherd.gateway;

import java.io.IOException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/** Makes the metrics page when somebody first asks for it. */
final class MetricsDoor {
    private final Supplier<MetricsPage> maker;
    private final ReentrantLock making = new ReentrantLock();
    private MetricsPage page;

    MetricsDoor(Supplier<MetricsPage> maker) {
        this.maker = maker;
    }

    Reply get(Request request) throws IOException {
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
