package dev.proxyherd.gateway.index;

import static org.assertj.core.api.Assertions.assertThat;

import dev.proxyherd.log.Faults;
import dev.proxyherd.protocol.Location;
import dev.proxyherd.rights.ClientPatterns;
import dev.proxyherd.rights.Rights;
import dev.proxyherd.store.UpdateListener;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Many report and ask at once: each finds what was accepted before it asked, whoever is bringing it in meanwhile. */
class FeedTest {
    private static final int REPORTERS = 4;
    private static final int REPORTS = 3_000;

    private final Feed feed = new Feed(new NobodyYet(), new Faults(message -> {
        // A fault would have reports missed.
    }), "run", 100);

    private static final class NobodyYet implements ClientSource {
        @Override
        public Location find(String client) {
            return null;
        }

        @Override
        public boolean isForgotten(String client) {
            return false;
        }

        @Override
        public int size() {
            return 0;
        }

        @Override
        public int forgotten() {
            return 0;
        }

        @Override
        public Iterator<Location> all() {
            return Collections.emptyIterator();
        }

        @Override
        public void subscribe(UpdateListener listener) {
            // The test itself tells the feed.
        }

        @Override
        public long cutoffNanos() {
            return 0;
        }
    }

    @AfterEach
    void close() {
        feed.close();
    }

    /** Far from all other reporters, and each time somewhere else. */
    private static Location at(int reporter, int report) {
        byte[] line = "AT Alford +0.000000000 c%d +%d.%06d+0 %d".formatted(reporter, 10 * reporter, report, report + 1)
                .getBytes(StandardCharsets.US_ASCII);
        return Location.parse(line, 0, line.length, 0);
    }

    private void everybodyFindsTheirOwn(Rights rights) throws Exception {
        feed.index(rights);
        List<Callable<Integer>> work = new ArrayList<>();
        for (int reporter = 0; reporter < REPORTERS; reporter++) {
            int own = reporter;
            work.add(() -> missed(own, rights));
        }
        try (ExecutorService threads = Executors.newFixedThreadPool(REPORTERS)) {
            for (Future<Integer> missed : threads.invokeAll(work)) {
                assertThat(missed.get()).as("reports that were not found by who had made them").isZero();
            }
        }
    }

    private int missed(int reporter, Rights rights) throws IndexUnavailableException {
        int missed = 0;
        for (int i = 0; i < REPORTS; i++) {
            Location location = at(reporter, i);
            feed.updated(location, true, null);
            ClientIndex.Near found = feed.index(rights).nearest(10 * reporter, 0, 100_000, 1).getFirst();
            missed += found.location().timeNanos() < location.timeNanos() ? 1 : 0;
        }
        return missed;
    }

    @Test
    void showsAtOnceWhatWasAccepted() throws Exception {
        everybodyFindsTheirOwn(Rights.ALL);
    }

    @Test
    void showsItAtOnceToThoseWhoSeeSome() throws Exception {
        everybodyFindsTheirOwn(new Rights("some", ClientPatterns.NONE, ClientPatterns.of(List.of("c*")), false));
    }
}
