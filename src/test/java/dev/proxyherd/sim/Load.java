package dev.proxyherd.sim;

import dev.proxyherd.store.Expiry;
import java.util.SplittableRandom;
import org.HdrHistogram.Histogram;

/**
 * What a herd does with clients that report all the time, each to one server, evenly.
 *
 * @param reports how many there were
 * @param copies of them and of newer ones in their place that links have sent
 * @param medianLag how long ago what a server learns was reported, nanoseconds
 * @param mostLag likewise, at the most
 * @param busiest the part of the time for which the busiest server's processor worked
 * @param agreed whether all servers knew the same some time after the last report
 */
record Load(long reports, long copies, long medianLag, long mostLag, double busiest, boolean agreed) {
    private static final long NANOS_PER_SECOND = 1_000_000_000;
    private static final long AGREE_NANOS = 60 * NANOS_PER_SECOND;

    /**
     * @param clients each at the server by whose number it leaves a rest of 0
     * @param perSecond how often each reports
     */
    static Load on(SimulatedHerd herd, int clients, double perSecond, double seconds, long seed) {
        VirtualTime time = herd.time();
        Histogram lags = new Histogram(3);
        herd.watch((server, location, from) -> {
            if (from != null) {
                lags.recordValue(Math.max(0, Expiry.nanos(time.instant()) - location.timeNanos()));
            }
        });
        long began = time.now();
        long end = began + Math.round(seconds * NANOS_PER_SECOND);
        long copies = herd.sum(SimulatedLink::live);
        long[] busy = busy(herd);
        Client.Count count = new Client.Count();
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < clients; i++) {
            long every = Math.round(NANOS_PER_SECOND / perSecond);
            new Client(herd, "client-" + i + ".example.org", i % herd.servers().size(), every, end, count)
                    .reportAt(began + random.nextLong(every));
        }
        herd.run(end - began);
        double busiest = 0;
        for (int i = 0; i < busy.length; i++) {
            busiest = Math.max(busiest, (double) (busy(herd)[i] - busy[i]) / (end - began));
        }
        boolean agreed = herd.runUntilAgreed(AGREE_NANOS);
        return new Load(count.reports, herd.sum(SimulatedLink::live) - copies, lags.getValueAtPercentile(50),
                lags.getMaxValue(), busiest, agreed);
    }

    private static long[] busy(SimulatedHerd herd) {
        return herd.servers().stream().mapToLong(server -> server.processor().busyNanos()).toArray();
    }

    private record Client(SimulatedHerd herd, String id, int server, long every, long end, Count count) {
        private static final class Count {
            private long reports;
        }

        void reportAt(long nanos) {
            if (nanos < end) {
                herd.time().at(nanos, () -> {
                    herd.report(server, id);
                    count.reports++;
                    reportAt(nanos + every);
                });
            }
        }
    }
}
