package dev.proxyherd.server;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Ports that nobody listens on. They lie below the range from which the system picks ports for outgoing connections, so
 * that none is taken while its server is down for a moment.
 */
public final class FreePorts {
    /** Tests run in two processes at once, and each has ports of its own. */
    private static final int COUNT = 11_000;
    private static final int LOWEST = 10_000 + Integer.getInteger("surefire.forkNumber", 1) % 2 * COUNT;
    private static final AtomicInteger NEXT = new AtomicInteger(ThreadLocalRandom.current().nextInt(COUNT));

    private FreePorts() {
    }

    /** A free port; another one each time. */
    public static int next() {
        for (int tries = 0; tries < COUNT; tries++) {
            int port = LOWEST + Math.floorMod(NEXT.getAndIncrement(), COUNT);
            try (ServerSocket probe = new ServerSocket()) {
                probe.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
                return port;
            } catch (IOException taken) {
                // The next may be free.
            }
        }
        throw new IllegalStateException("no port is free");
    }
}
