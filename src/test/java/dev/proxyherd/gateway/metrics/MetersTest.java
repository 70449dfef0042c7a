package dev.proxyherd.gateway.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** What is measured, as the page shows it. */
class MetersTest {
    private final Meters meters = new Meters();

    private String page() throws IOException {
        return new String(new MetricsPage(meters).get(null).body(), StandardCharsets.UTF_8);
    }

    @Test
    void commandsAreCountedByNameAndOutcome() throws IOException {
        meters.handled("WHATSAT", "ok", 1);
        meters.handled("IAMAT", "ok", 500_000_000);
        meters.handled("IAMAT", "ok", 1_000_000_000);
        meters.handled("IAMAT", "invalid", 1);

        assertThat(page()).contains(
                "herd_command_duration_seconds_count{command=\"IAMAT\",outcome=\"invalid\"} 1\n",
                "herd_command_duration_seconds_count{command=\"IAMAT\",outcome=\"ok\"} 2\n",
                "herd_command_duration_seconds_sum{command=\"IAMAT\",outcome=\"ok\"} 1.5\n",
                "herd_command_duration_seconds_count{command=\"WHATSAT\",outcome=\"ok\"} 1\n");
    }

    @Test
    void durationsFallIntoBucketsOfPowersOfTwoMicroseconds() throws IOException {
        meters.lookedUp("OK", 3_000);

        assertThat(page()).contains("herd_places_lookup_duration_seconds_bucket{outcome=\"OK\",le=\"2.0E-6\"} 0\n",
                "herd_places_lookup_duration_seconds_bucket{outcome=\"OK\",le=\"4.0E-6\"} 1\n",
                "herd_places_lookup_duration_seconds_bucket{outcome=\"OK\",le=\"16.777216\"} 1\n");
    }

    @Test
    void anUpdateOfAServerWhoseClockIsAheadHasTakenNoTime() throws IOException {
        meters.flooded("Parker", -5);

        assertThat(page()).contains("herd_flood_delay_seconds_sum{neighbour=\"Parker\",outcome=\"accepted\"} 0.0\n");
    }
}
