package dev.proxyherd.server.process;

import java.io.PrintWriter;

/**
 * What happens when a thread ends by a fault that nobody has caught. A virtual thread serves one connection, and that is
 * all it costs. A platform thread is one that must not end, such as the journal's or the one that accepts HTTP: a server
 * that goes on without it would be half dead and look alive, so the process says so and ends.
 */
final class UncaughtFaults implements Thread.UncaughtExceptionHandler {
    /** Platform threads that serve one HTTP request each, where Java is too old for virtual ones. */
    private static final String OF_A_REQUEST = "http-";

    private final PrintWriter err;
    private final Runnable end;

    /** @param end ends the process in order; it may wait */
    UncaughtFaults(PrintWriter err, Runnable end) {
        this.err = err;
        this.end = end;
    }

    @Override
    public void uncaughtException(Thread thread, Throwable fault) {
        boolean costsAll = !thread.isVirtual() && !thread.getName().startsWith(OF_A_REQUEST);
        try {
            err.println("herd: a fault of the program has ended its thread " + thread.getName()
                    + (costsAll ? ", and so this process ends; start it again: " : ": ") + fault);
            fault.printStackTrace(err);
            err.flush();
        } finally {
            if (costsAll) {
                // On a thread of its own: what stops the servers waits for theirs to end, this one included.
                Thread.ofPlatform().name("end").start(end);
            }
        }
    }
}
