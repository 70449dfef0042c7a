package dev.proxyherd.gateway.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is measured of every command must cost next to nothing. */
class TimingsTest {
    private static final int COMMANDS = 5_000;

    private final Timings timings = new Timings();

    @Test
    void whatHasBeenSeenOnceIsRecordedWithoutMakingAnObject() {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        timings.of("IAMAT", "ok").record(1);
        long before = threads.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < COMMANDS; i++) {
            timings.of("IAMAT", "ok").record(1);
        }
        assertThat(threads.getCurrentThreadAllocatedBytes() - before).as("bytes for %d commands", COMMANDS)
                .isLessThan(COMMANDS);
        assertThat(timings.all().get(new Timings.Key("IAMAT", "ok")).counts()).contains(COMMANDS + 1L);
    }

    @Test
    void kindsAndOutcomesAreKeptApartAndShownInTheOrderOfTheirNames() {
        timings.of("WHATSAT", "ok").record(1);
        timings.of("IAMAT", "ok").record(1);
        timings.of("IAMAT", "invalid").record(1);
        assertThat(timings.of("IAMAT", "ok")).isSameAs(timings.of("IAMAT", "ok"))
                .isNotSameAs(timings.of("WHATSAT", "ok"));
        assertThat(timings.all().keySet()).containsExactlyElementsOf(List.of(
                new Timings.Key("IAMAT", "invalid"), new Timings.Key("IAMAT", "ok"), new Timings.Key("WHATSAT", "ok")));
    }
}
