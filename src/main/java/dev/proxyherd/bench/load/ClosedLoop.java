package dev.proxyherd.bench.load;

import dev.proxyherd.bench.Window;
import java.io.IOException;

/** Keeps a fixed number of requests under way: each answer makes room for the next. One thread. */
record ClosedLoop(Window window, int depth) implements Loop {

    @Override
    public void talk(BenchConnection connection) throws IOException {
        send(connection, depth);
        while (connection.underWay() > 0) {
            int answered = connection.read();
            if (answered > 0 && !window.isOver(System.nanoTime())) {
                send(connection, answered);
            }
        }
    }

    private static void send(BenchConnection connection, int count) throws IOException {
        long now = System.nanoTime();
        for (int i = 0; i < count; i++) {
            connection.add(now);
        }
        connection.send();
    }

    @Override
    public long unsent() {
        return 0;
    }
}
