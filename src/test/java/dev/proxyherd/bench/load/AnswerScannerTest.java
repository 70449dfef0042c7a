package dev.proxyherd.bench.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.proxyherd.bench.BenchErrors;
import dev.proxyherd.bench.RequestKind;
import dev.proxyherd.bench.Tally;
import dev.proxyherd.bench.Window;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.atomic.LongAdder;
import org.junit.jupiter.api.Test;

class AnswerScannerTest {
    private static final String DOCUMENT = "{\n   \"results\" : [],\n   \"status\" : \"OK\"\n}\n\n";
    private static final String ALL = "AT 1\n" + "AT 2\n" + DOCUMENT + "? WHATSAT x 10 5\n" + "oops\n" + "AT 5\n";

    private final Flight flight = new Flight(8);
    private final Tally tally = new Tally(new Window(0, 0, 1_000_000), false, new LongAdder(), new LongAdder());
    private final AnswerScanner scanner = new AnswerScanner(flight, tally);

    private int scan(String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        return scanner.scan(bytes, bytes.length, 5000);
    }

    private void ask(RequestKind... kinds) {
        Arrays.stream(kinds).forEach(kind -> flight.add(kind, 2000));
    }

    @Test
    void answersEndWhereTheyShouldHoweverTheyAreSplit() throws IOException {
        for (int cut = 0; cut <= ALL.length(); cut++) {
            ask(RequestKind.IAMAT, RequestKind.WHATSAT, RequestKind.WHATSAT, RequestKind.IAMAT, RequestKind.IAMAT);

            int ended = scan(ALL.substring(0, cut)) + scan(ALL.substring(cut));

            assertThat(ended).as("cut at %d", cut).isEqualTo(5);
            assertThat(flight.size()).isZero();
        }
        int rounds = ALL.length() + 1;
        assertThat(tally.inWindow()).isEqualTo(3L * rounds);
        assertThat(tally.errors()).isEqualTo(new BenchErrors(rounds, rounds, 0, 0, 0, 0));
    }

    @Test
    void latencyCountsFromTheTimeGiven() throws IOException {
        ask(RequestKind.IAMAT);
        scan("AT 1\n");

        assertThat(tally.latencies(RequestKind.IAMAT).getMaxValue()).isBetween(3000L, 3999L);
        assertThat(tally.latencies(RequestKind.WHATSAT)).isNull();
    }

    @Test
    void whatNobodyAskedForIsAnError() {
        assertThatThrownBy(() -> scan("AT 1\n")).isInstanceOf(IOException.class);
        assertThat(tally.errors().malformed()).isEqualTo(1);
    }
}
