package dev.proxyherd.gateway.metrics;

import dev.proxyherd.status.HerdLink;
import dev.proxyherd.status.HerdStatus;
import dev.proxyherd.status.JournalStatus;
import dev.proxyherd.status.LinkStatus;
import dev.proxyherd.status.RoomStatus;
import dev.proxyherd.status.ServerAnswer;
import dev.proxyherd.status.ServerStatus;
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
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Shows all servers and links that are known here. It asks once for a whole page: what the page says of a link and of its
 * servers is of one moment.
 */
record HerdCollector(Supplier<HerdStatus> herd) implements MultiCollector {

    private static final double MILLIS_PER_SECOND = 1e3;
    private static final double NANOS_PER_SECOND = 1e9;

    private record Point(Labels labels, double value) {
    }

    /** Null for a server of which there is nothing to show. */
    private interface OfServer {
        @Nullable Double value(ServerStatus status);
    }

    @Override
    public MetricSnapshots collect() {
        HerdStatus now = herd.get();
        return MetricSnapshots.of(
                gauge("herd_converged", "Whether all servers answered and know the same.",
                        List.of(new Point(Labels.EMPTY, number(now.isConverged())))),
                gauge("herd_faults", "What takes a person to repair, though all servers may answer.",
                        List.of(new Point(Labels.EMPTY, now.faults().size()))),
                gauge("herd_server_up", "Whether the server answers.", up(now)),
                gauge("herd_server_clients", "Clients whose location the server knows.",
                        servers(now, status -> (double) status.clients())),
                gauge("herd_clock_offset_seconds", "How far its clock is ahead of the one that most agree with.",
                        clocks(now)),
                gauge("herd_link_up", "Whether the link is up.", links(now, link -> link.up() ? 1 : 0)),
                gauge("herd_link_queue", "Updates that wait to be sent.", links(now, LinkStatus::queued)),
                counter("herd_link_sent_lines", "AT lines sent.", links(now, LinkStatus::linesSent)),
                counter("herd_link_sent_bytes", "Bytes of AT lines sent.", links(now, LinkStatus::bytesSent)),
                counter("herd_link_resyncs", "Times that the link has come up.", links(now, LinkStatus::starts)),
                gauge("herd_connections", "Connections that are open.",
                        servers(now, status -> (double) status.connections())),
                gauge("herd_full", "Whether there is no room for new clients.",
                        servers(now, status -> number(status.room().full()))),
                gauge("herd_lacking_clients", "Clients of a neighbour that a full server has no room for.",
                        servers(now, status -> (double) status.room().lacking())),
                counter("herd_refused_locations", "Locations that there was no room for.", refused(now)),
                gauge("herd_certificate_expiry_timestamp_seconds", "When the server's certificate ends.",
                        servers(now, status -> status.certificateEndMillis() == null ? null
                                : Math.floor(status.certificateEndMillis() / MILLIS_PER_SECOND))),
                gauge("herd_journal_failing", "Whether the journal cannot be written.",
                        journals(now, journal -> number(journal.failure() != null))),
                gauge("herd_journal_bytes", "Size of the journal.", journals(now, JournalStatus::bytes)),
                gauge("herd_journal_records", "Records in the journal.", journals(now, JournalStatus::records)));
    }

    private static double number(boolean flag) {
        return flag ? 1 : 0;
    }

    private static List<Point> up(HerdStatus now) {
        return now.servers().stream()
                .map(server -> new Point(Labels.of("server", server.name()), number(server.status() != null))).toList();
    }

    private static List<Point> clocks(HerdStatus now) {
        return now.clockOffsets().entrySet().stream()
                .map(clock -> new Point(Labels.of("server", clock.getKey()), clock.getValue() / NANOS_PER_SECOND))
                .toList();
    }

    /** Of links whose server did not answer nothing is known. */
    private static List<Point> links(HerdStatus now, ToLongFunction<LinkStatus> value) {
        List<Point> points = new ArrayList<>();
        for (HerdLink link : now.links()) {
            if (link.status() != null) {
                points.add(new Point(Labels.of("from", link.from(), "to", link.to()),
                        value.applyAsLong(link.status())));
            }
        }
        return points;
    }

    private static List<Point> servers(HerdStatus now, OfServer shown) {
        List<Point> points = new ArrayList<>();
        for (ServerAnswer server : now.servers()) {
            Double value = server.status() == null ? null : shown.value(server.status());
            if (value != null) {
                points.add(new Point(Labels.of("server", server.name()), value));
            }
        }
        return points;
    }

    private static List<Point> journals(HerdStatus now, ToDoubleFunction<JournalStatus> value) {
        return servers(now, status -> status.journal() == null ? null : value.applyAsDouble(status.journal()));
    }

    private static List<Point> refused(HerdStatus now) {
        List<Point> points = new ArrayList<>();
        addRefused(points, now, "report", RoomStatus::refusedReports);
        addRefused(points, now, "link", RoomStatus::refusedTaught);
        addRefused(points, now, "journal", RoomStatus::refusedReplayed);
        return points;
    }

    private static void addRefused(List<Point> points, HerdStatus now, String door,
            ToDoubleFunction<RoomStatus> value) {
        for (Point point : servers(now, status -> value.applyAsDouble(status.room()))) {
            points.add(new Point(point.labels.add("door", door), point.value));
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
