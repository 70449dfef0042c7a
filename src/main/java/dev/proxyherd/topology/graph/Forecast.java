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
 * @param kafkaNanosForEach what each update would take of its processor by way of Kafka, if all servers hear as many
 * @param kafkaTakesLess whether that is less than its links take
 * @param loss what the loss of one link does at the worst; null where there is none, or too many to look at
 */
public record Forecast(long nanosToAll, int busiest, double sent, double heard, double updatesPerSecond, double busy,
        double mostUpdatesPerSecond, long kafkaNanosToAll, double kafkaNanosForEach, boolean kafkaTakesLess,
        @Nullable LinkLoss loss) {
    /** From a report in one herd to an answer in another, which share a topic: the median. */
    public static final long KAFKA_NANOS_TO_ALL = 10_600_000;

    /** Of a processor, for each update that is read from the topic. */
    public static final long KAFKA_NANOS_HEARD = 5_300;

    /** Of a processor, for each update that a server publishes there, besides reading it again. */
    public static final long KAFKA_NANOS_SENT = 5_400;

    /** @param graph all of it joined */
    public static Forecast of(Graph graph, double updatesPerSecond, LinkFigures figures) {
        FloodLoad load = FloodLoad.of(graph);
        int busiest = load.busiest(figures);
        double kafkaNanosForEach = KAFKA_NANOS_HEARD + (double) KAFKA_NANOS_SENT / graph.size();
        return new Forecast(FloodTime.most(graph, load, figures), busiest, load.sent()[busiest], load.heard()[busiest],
                updatesPerSecond, load.busy(busiest, updatesPerSecond, figures),
                load.mostUpdatesPerSecond(busiest, figures), kafkaNanosToAll(figures), kafkaNanosForEach,
                load.nanos(busiest, figures) > kafkaNanosForEach,
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
