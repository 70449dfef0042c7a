package dev.proxyherd.topology.graph;

import org.jspecify.annotations.Nullable;

/**
 * How a herd's flooding will do, from its links and from what a link takes; and whether Kafka would do better, by what was
 * measured of it (src/doc/scaling.md).
 *
 * @param nanosToAll from a report to the last server that learns it, at the most, in an idle herd
 * @param busiest the number of the server whose links take most of a processor
 * @param sent copies of each update that it sends, on average
 * @param heard copies of each update that it hears
 * @param updatesPerSecond of the whole herd, for which {@code busy} holds
 * @param busy the part of a processor that its links take then
 * @param mostUpdatesPerSecond so many take all of it
 * @param kafkaNanosToAll what an update would take by way of Kafka, over a network with the same delay
 * @param kafkaTakesLess whether reading each update from Kafka would take less of its processor
 * @param loss what the loss of one link does at the worst; null where there is none, or too many to look at
 */
public record Forecast(long nanosToAll, int busiest, double sent, double heard, double updatesPerSecond, double busy,
        double mostUpdatesPerSecond, long kafkaNanosToAll, boolean kafkaTakesLess, @Nullable LinkLoss loss) {
    /** From a report in one herd to an answer in another, which share a topic: the median. */
    public static final long KAFKA_NANOS_TO_ALL = 13_000_000;

    /** Of a processor, for each update that is read from the topic; the most that was measured. */
    public static final long KAFKA_NANOS_HEARD = 7_200;

    /** @param graph all of it joined */
    public static Forecast of(Graph graph, double updatesPerSecond, LinkFigures figures) {
        FloodLoad load = FloodLoad.of(graph);
        int busiest = load.busiest(figures);
        return new Forecast(FloodTime.most(graph, load, figures), busiest, load.sent()[busiest], load.heard()[busiest],
                updatesPerSecond, load.busy(busiest, updatesPerSecond, figures),
                load.mostUpdatesPerSecond(busiest, figures), kafkaNanosToAll(figures),
                load.nanos(busiest, figures) > KAFKA_NANOS_HEARD,
                LinkLoss.worst(graph));
    }

    /** A record goes to a broker and from there to whoever reads it. */
    private static long kafkaNanosToAll(LinkFigures figures) {
        return KAFKA_NANOS_TO_ALL + 2 * Math.max(0, figures.delay() - LinkFigures.measured().delay());
    }

    /** Whether an update would be everywhere sooner by way of Kafka. */
    public boolean isKafkaSooner() {
        return nanosToAll > kafkaNanosToAll;
    }
}
