package dev.proxyherd.server.process;

import java.io.PrintWriter;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;

/**
 * Shows on the error output what servers warn of. A daemon thread prints, so that an output that nobody reads on, such as
 * a terminal after Ctrl-S, holds up no server; what does not fit the queue meanwhile is left out here, and is in the log.
 */
public final class Warnings {
    private static final int QUEUE = 100;

    private final BlockingQueue<String> queue = new ArrayBlockingQueue<>(QUEUE);

    public Warnings(PrintWriter err) {
        Thread.ofPlatform().daemon().name("warnings").start(() -> print(err));
    }

    /** Shows a warning of the server with this name soon; any thread may call it, and none ever waits. */
    public void add(String server, String text) {
        queue.offer("herd: " + server + ": " + text);
    }

    private void print(PrintWriter err) {
        try {
            while (true) {
                err.println(queue.take());
                err.flush();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
