package dev.proxyherd.bench;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;

/**
 * What to measure.
 *
 * @param targets the servers; connections go round them
 * @param connections how many connections in all, 1 to 10,000
 * @param depth the most requests under way on a connection, 1 to 1,024
 * @param rate requests a second that fall due over all connections, up to 10,000,000; 0 for a closed loop, in which the
 *     next request waits for an answer
 * @param warmup how long to go on before anything is measured, up to a day
 * @param duration how long to measure, 1 ms to a day
 * @param whatsatPercent how many in a hundred requests are WHATSAT, the others being IAMAT; 0 to 100
 * @param clients how many client IDs to use, 1 to 10,000,000
 * @param radiusKm of a WHATSAT, 0 to 50
 * @param bound of a WHATSAT, 0 to 20
 */
public record BenchPlan(List<BenchTarget> targets, int connections, int depth, double rate, Duration warmup,
        Duration duration, int whatsatPercent, int clients, BigDecimal radiusKm, int bound) {

    private static final long DAY_MILLIS = Duration.ofDays(1).toMillis();

    /** @throws IllegalArgumentException if a value is out of its range; the message says which, as the options name it */
    public BenchPlan {
        targets = List.copyOf(targets);
        check(!targets.isEmpty(), "there is no server to measure");
        check(connections >= 1 && connections <= 10_000, "--connections must be 1 to 10000");
        check(depth >= 1 && depth <= 1024, "--depth must be 1 to 1024");
        check(rate >= 0 && rate <= 10_000_000, "--rate must be above 0, and at most 10000000");
        check(warmup.toMillis() >= 0 && warmup.toMillis() <= DAY_MILLIS, "--warmup must be 0s to 1d");
        check(duration.toMillis() >= 1 && duration.toMillis() <= DAY_MILLIS, "--duration must be 1ms to 1d");
        check(whatsatPercent >= 0 && whatsatPercent <= 100, "--mix must be 0 to 100");
        check(clients >= 1 && clients <= 10_000_000, "--clients must be 1 to 10000000");
        check(radiusKm.signum() >= 0 && radiusKm.compareTo(BigDecimal.valueOf(50)) <= 0 && radiusKm.scale() <= 20,
                "--radius must be 0 to 50");
        check(bound >= 0 && bound <= 20, "--bound must be 0 to 20");
    }

    private static void check(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalArgumentException(otherwise);
        }
    }

    /** Whether requests fall due at a fixed rate, whatever the servers do. */
    public boolean isOpenLoop() {
        return rate > 0;
    }

    public BenchTarget target(int connection) {
        return targets.get(connection % targets.size());
    }
}
