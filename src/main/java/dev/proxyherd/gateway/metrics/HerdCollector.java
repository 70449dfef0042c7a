package dev.proxyherd.gateway.metrics;

import dev.proxyherd.status.HerdStatus;
import dev.proxyherd.status.HerdStatus.Link;
import dev.proxyherd.status.HerdStatus.Server;
import dev.proxyherd.status.HerdStatus.State;
import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;

/**
 * Shows all servers and links that are known here. It asks once for a whole page: what the page says of a link and of its
 * servers is of one moment.
 */
record HerdCollector(Supplier<HerdStatus> herd) implements MultiCollector {

    private record Point(Labels labels, long value) {
    }

    @Override
    public MetricSnapshots collect() {
        HerdStatus now = herd.get();
        return MetricSnapshots.of(
                gauge("herd_link_up", "Whether the link is up.", links(now, HerdCollector::up)),
                gauge("herd_link_queue", "Updates that wait to be sent.", links(now, Link::queue)),
                counter("herd_link_sent_lines", "AT lines sent.", links(now, Link::sentLines)),
                counter("herd_link_sent_bytes", "Bytes of AT lines sent.", links(now, Link::sentBytes)),
                counter("herd_link_resyncs", "Times that the link has come up.", links(now, Link::resyncs)),
                gauge("herd_connections", "Connections that are open.", servers(now, Server::connections)),
                gauge("herd_journal_bytes", "Size of the journal.", servers(now, Server::journalBytes)),
                gauge("herd_journal_records", "Records in the journal.", servers(now, Server::journalRecords)));
    }

    private static long up(Link link) {
        return link.state() == State.UNKNOWN ? -1 : link.state() == State.UP ? 1 : 0;
    }

    private static List<Point> links(HerdStatus now, ToLongFunction<Link> value) {
        List<Point> points = new ArrayList<>();
        for (Link link : now.links()) {
            add(points, Labels.of("from", link.from(), "to", link.to()), value.applyAsLong(link));
        }
        return points;
    }

    private static List<Point> servers(HerdStatus now, ToLongFunction<Server> value) {
        List<Point> points = new ArrayList<>();
        for (Server server : now.servers()) {
            add(points, Labels.of("server", server.name()), value.applyAsLong(server));
        }
        return points;
    }

    /** What is negative is not known here. */
    private static void add(List<Point> points, Labels labels, long value) {
        if (value >= 0) {
            points.add(new Point(labels, value));
        }
    }

    private static MetricSnapshot gauge(String name, String help, List<Point> points) {
        GaugeSnapshot.Builder gauge = GaugeSnapshot.builder().name(name).help(help);
        points.forEach(point -> gauge.dataPoint(
                GaugeDataPointSnapshot.builder().labels(point.labels).value(point.value).build()));
        return gauge.build();
    }

    private static MetricSnapshot counter(String name, String help, List<Point> points) {
        CounterSnapshot.Builder counter = CounterSnapshot.builder().name(name).help(help);
        points.forEach(point -> counter.dataPoint(
                CounterDataPointSnapshot.builder().labels(point.labels).value(point.value).build()));
        return counter.build();
    }
}
