package dev.proxyherd.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.proxyherd.bench.Plans;
import dev.proxyherd.protocol.Command;
import dev.proxyherd.protocol.CommandParser;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RequestsTest {
    private static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2026-01-02T03:04:05.000000007Z"));

    private static List<String> requests(int whatsatPercent, int connection, int count) {
        Requests requests = new Requests(Plans.closed(1, 1, whatsatPercent), connection, CLOCK);
        byte[] line = new byte[Requests.MAX_BYTES];
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int end = requests.write(requests.nextKind(), line, 0);
            lines.add(new String(line, 0, end, StandardCharsets.US_ASCII));
        }
        return lines;
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 30, 50, 99, 100})
    void everyHundredRequestsHoldTheMixExactly(int percent) {
        for (int connection = 0; connection < 5; connection++) {
            assertThat(requests(percent, connection, 100)).filteredOn(line -> line.startsWith("WHATSAT"))
                    .hasSize(percent);
        }
    }

    @Test
    void everyRequestIsAValidCommand() {
        for (String line : requests(50, 0, 100)) {
            byte[] bytes = line.getBytes(StandardCharsets.US_ASCII);
            assertThat(line).endsWith("\n");
            assertThat(CommandParser.parse(bytes, 0, bytes.length - 1)).isNotInstanceOf(Command.Malformed.class);
        }
    }

    @Test
    void timesGrowEvenWhenTheClockStands() {
        assertThat(requests(0, 0, 3)).map(line -> line.substring(line.lastIndexOf(' ') + 1).strip())
                .containsExactly("1767323045.000000007", "1767323045.000000008", "1767323045.000000009");
    }

    @Test
    void theConnectionsTogetherGoThroughAllClients() {
        List<String> clients = IntStream.range(0, 2)
                .mapToObj(connection -> requests(0, connection, 5)).flatMap(List::stream)
                .map(line -> line.split(" ")[1]).sorted().toList();

        assertThat(clients).isEqualTo(IntStream.range(0, 10).mapToObj(id -> String.format("bench-%08d", id)).toList());
    }
}
