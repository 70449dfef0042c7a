package dev.proxyherd.kafka.client;

import dev.proxyherd.log.Endless;
import dev.proxyherd.log.TrafficLog;
import java.time.Duration;

/** Platform threads: Kafka's clients wait within locks, which would hold a virtual thread's carrier before Java 24. */
final class KafkaThread {
    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(3);

    private KafkaThread() {
    }

    /** One that is not started; what its work throws it survives, and begins anew. */
    static Thread of(String name, TrafficLog log, Runnable work) {
        return Thread.ofPlatform().daemon().name(name).unstarted(new Endless(name, log.faults(), () -> {
            work.run();
            return false;
        }));
    }

    /**
     * Waits for its end, and interrupts what takes long.
     *
     * @param patiently whether it may end by itself
     */
    static void end(Thread thread, boolean patiently) {
        try {
            if (!patiently || !thread.join(CLOSE_LIMIT)) {
                thread.interrupt();
                thread.join(CLOSE_LIMIT);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
