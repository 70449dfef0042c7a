package dev.proxyherd.sim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.proxyherd.Documents;
import dev.proxyherd.topology.graph.Forecast;
import dev.proxyherd.topology.graph.LinkFigures;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The tables of how flooding grows are those that the simulation prints. */
class DocumentedGrowthTest {
    private static final int SMALL = 100;
    private static final int SELDOM = 3;

    /** So many columns has the table of floods. */
    private static final int FLOODED = 11;

    private static List<List<String>> rows() throws IOException {
        return Documents.rows(Documents.section(Documents.SCALING, "How flooding grows"));
    }

    private static List<String> cells(String row) {
        return Documents.rows("| head |\n| --- |\n" + row).getFirst();
    }

    @Test
    void showWhatAnUpdateCosts() throws IOException {
        List<List<String>> rows = rows();
        for (Shapes shape : Shapes.values()) {
            for (int servers : Growth.SIZES) {
                String size = String.format(Locale.ROOT, "%,d", servers);
                Stream<List<String>> documented = rows.stream().filter(row -> row.size() == FLOODED)
                        .filter(row -> row.getFirst().equals(shape.toString()) && row.get(1).equals(size));
                if (shape == Shapes.FULL && servers > Growth.MOST_FULL) {
                    assertThat(documented).isEmpty();
                } else if (servers <= SMALL) {
                    assertThat(documented).containsExactly(cells(Growth.flooded(shape, servers)));
                } else {
                    assertThat(documented).hasSize(1);
                }
            }
        }
    }

    @Test
    void showWhatConflationSaves() throws IOException {
        for (double capacity : Growth.CAPACITIES) {
            for (double rate : Arrays.stream(Growth.RATES).filter(rate -> rate <= SELDOM).toArray()) {
                assertThat(rows()).contains(cells(Growth.loaded(capacity, rate)));
            }
        }
    }

    @Test
    void showWhatTheCheckOfATopologyForetells() throws IOException {
        for (Shapes shape : Shapes.values()) {
            for (int servers : Arrays.stream(Growth.FORETOLD).filter(servers -> servers <= SMALL).toArray()) {
                assertThat(rows()).contains(cells(Growth.foretold(shape, servers)));
            }
        }
    }

    @Test
    void nameTheFiguresThatTheyComeFrom() throws IOException {
        LinkFigures figures = LinkFigures.measured();
        assertThat(rows()).contains(
                List.of("the way from one server to the next", micros(figures.delay())),
                List.of("a processor for a burst, at either end", micros(figures.wake())),
                List.of("and for each update sent", micros(figures.sent())),
                List.of("and heard", micros(figures.heard())),
                List.of("an update's way to all over Kafka", micros(Forecast.KAFKA_NANOS_TO_ALL)),
                List.of("a processor for each update that is read from Kafka", micros(Forecast.KAFKA_NANOS_HEARD)),
                List.of("and for each that is published there", micros(Forecast.KAFKA_NANOS_SENT)));
    }

    private static String micros(long nanos) {
        return String.format(Locale.ROOT, nanos % 1000 == 0 ? "%,.0f µs" : "%,.2f µs", nanos / 1000.0);
    }
}
