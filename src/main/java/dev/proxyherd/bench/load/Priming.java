package dev.proxyherd.bench.load;

import dev.proxyherd.bench.BenchPlan;
import dev.proxyherd.bench.BenchTarget;
import dev.proxyherd.bench.Tally;
import dev.proxyherd.bench.Window;
import java.io.IOException;
import java.time.InstantSource;
import java.util.concurrent.atomic.LongAdder;

/** Before a measurement: sees that a server is there, and reports each client ID once if WHATSATs will ask about them. */
final class Priming {
    private static final int BATCH = 256;
    private static final int LONGEST_WAIT_MILLIS = 10_000;

    private Priming() {
    }

    static void prime(BenchTarget target, BenchPlan plan, InstantSource clock) throws IOException {
        Tally unused = new Tally(new Window(0, 0, 0), false, new LongAdder(), new LongAdder());
        Requests requests = Requests.priming(plan, clock);
        try (BenchConnection connection = BenchConnection.open(target, BATCH, requests, unused)) {
            connection.limitReads(LONGEST_WAIT_MILLIS);
            int left = plan.whatsatPercent() > 0 ? plan.clients() : 0;
            while (left > 0) {
                int count = Math.min(left, BATCH);
                for (int i = 0; i < count; i++) {
                    connection.add(0);
                }
                connection.send();
                while (connection.underWay() > 0) {
                    connection.read();
                }
                left -= count;
            }
        } catch (IOException e) {
            throw new IOException(target + ": " + e.getMessage(), e);
        }
    }
}
