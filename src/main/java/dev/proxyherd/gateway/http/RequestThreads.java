package dev.proxyherd.gateway.http;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Which threads run requests. The JDK's HTTP server reads and writes sockets inside {@code synchronized} methods. Before
 * Java 24 (<a href="https://openjdk.org/jeps/491">JEP 491</a>) a virtual thread that blocks there keeps its carrier, and a
 * few slow browsers could take the carriers from all clients of the herd: there requests run on platform threads, as many
 * at most as connections are allowed.
 */
final class RequestThreads {
    private static final int UNPINNED_SINCE = 24;

    private RequestThreads() {
    }

    static ExecutorService open() {
        if (Runtime.version().feature() >= UNPINNED_SINCE) {
            return Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("http-", 0).factory());
        }
        return Executors.newCachedThreadPool(Thread.ofPlatform().daemon().name("http-", 0).factory());
    }
}
