package dev.proxyherd.server;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * The virtual threads of one server, by what they serve, for an orderly stop ends them in this order.
 *
 * @param clients accept and serve clients' connections, and neighbours' that come in
 * @param links dial neighbours
 * @param upkeep sweep sockets and expired locations
 */
record ServerThreads(ExecutorService clients, ExecutorService links, ExecutorService upkeep) {
    /** How long connections may take to end by themselves when the server stops; then they are closed. */
    private static final Duration STOP_LIMIT = Duration.ofSeconds(3);

    static ServerThreads create() {
        return new ServerThreads(Executors.newVirtualThreadPerTaskExecutor(),
                Executors.newVirtualThreadPerTaskExecutor(), Executors.newVirtualThreadPerTaskExecutor());
    }

    /** Takes no more tasks, and waits until these threads have ended; false when that takes too long. */
    static boolean end(ExecutorService threads) {
        threads.shutdown();
        try {
            return threads.awaitTermination(STOP_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Interrupts all that are left, and waits for them, for some time each. */
    void endAll() {
        List<ExecutorService> all = List.of(clients, links, upkeep);
        all.forEach(ExecutorService::shutdownNow);
        all.forEach(ServerThreads::end);
    }
}
