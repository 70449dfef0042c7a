package dev.proxyherd.cli.watch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.proxyherd.protocol.Location;
import java.util.List;
import org.junit.jupiter.api.Test;

class TraceCommandTest {
    @Test
    void tellsSinceWhenOnlyWhereThatIsKnown() {
        assertThat(TraceCommand.since(1_400_794_645_500_000_000L)).isEqualTo("2014-05-22T21:37:25.500Z");
        assertThat(TraceCommand.since(Location.BEFORE_START)).isEqualTo("before its start");
    }

    @Test
    void tellsWhereALocationComesFromAnotherHerd() {
        assertThat(TraceCommand.way("AT Alford +0.500000000 kiwi +34-118 1", List.of("Alford", "Welsh"))).isEmpty();
        assertThat(TraceCommand.way("GONE Ford +0.500000000 kiwi 1.000000000", List.of("Alford", "Welsh")))
                .isEqualTo(", by Kafka from another herd");
    }
}
