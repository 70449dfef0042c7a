package dev.proxyherd.bench;

import dev.proxyherd.topology.ServerAddress;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;

/** Plans of tests. */
public final class Plans {
    private Plans() {
    }

    /** A closed loop on two connections. */
    public static BenchPlan closed(int port, int depth, int whatsatPercent) {
        return plan(port, 2, depth, 0, 300, whatsatPercent);
    }

    /** @param rate requests a second; 0 for a closed loop */
    public static BenchPlan plan(int port, int connections, int depth, double rate, int millis, int whatsatPercent) {
        return new BenchPlan(List.of(new BenchTarget("Alford", new ServerAddress("127.0.0.1", port), null)),
                connections,
                depth,
                rate, Duration.ZERO, Duration.ofMillis(millis), whatsatPercent, 10, BigDecimal.TEN, 5);
    }
}
