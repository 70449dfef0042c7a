package dev.proxyherd.cli.watch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.proxyherd.protocol.Location;
import org.junit.jupiter.api.Test;

class TraceCommandTest {
    @Test
    void tellsSinceWhenOnlyWhereThatIsKnown() {
        assertThat(TraceCommand.since(1_400_794_645_500_000_000L)).isEqualTo("2014-05-22T21:37:25.500Z");
        assertThat(TraceCommand.since(Location.BEFORE_START)).isEqualTo("before its start");
    }
}
