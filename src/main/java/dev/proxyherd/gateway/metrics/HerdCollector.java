package dev.proxyherd.gateway.metrics;

import dev.proxyherd.status.HerdLink;
import dev.proxyherd.status.HerdStatus;
import dev.proxyherd.status.HistoryStatus;
import dev.proxyherd.status.JournalStatus;
import dev.proxyherd.status.KafkaStatus;
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
                gauge("herd_link_up", "Whether the link is up.", links(now, link -> link.up() ? 1 : 0)),
                gauge("herd_link_queue", "Updates that wait to be sent.", links(now, LinkStatus::queued)),
                counter("herd_link_sent_lines", "AT lines sent.", links(now, LinkStatus::linesSent)),
                counter("herd_link_sent_bytes", "Bytes of AT lines sent.", links(now, LinkStatus::bytesSent)),
                counter("herd_link_resyncs", "Times that the link has come up.", links(now, LinkStatus::starts)),
                gauge("herd_connections", "Connections that are open.", servers(now, ServerStatus::connections)),
                gauge("herd_full", "Whether there is no room for new clients.",
                        servers(now, status -> status.room().full() ? 1 : 0)),
                gauge("herd_lacking_clients", "Clients of a neighbour that a full server has no room for.",
                        servers(now, status -> status.room().lacking())),
                counter("herd_refused_locations", "Locations that there was no room for.", refused(now)),
                gauge("herd_certificate_expiry_timestamp_seconds", "When the server's certificate ends.",
                        certificates(now)),
                gauge("herd_journal_bytes", "Size of the journal.", journals(now, JournalStatus::bytes)),
                gauge("herd_journal_records", "Records in the journal.", journals(now, JournalStatus::records)),
                gauge("herd_kafka_connected", "Whether the topic that herds share is being read.",
                        kafkas(now, kafka -> kafka.connected() ? 1 : 0)),
                gauge("herd_kafka_lag_records", "Records of the topic that have yet to be read.",
                        kafkas(now, KafkaStatus::lagRecords)),
                gauge("herd_kafka_lag_seconds", "Age of the record that was read last, while others have yet to be.",
                        kafkas(now, kafka -> kafka.lagMillis() / 1000)),
                gauge("herd_kafka_queue", "Clients whose locations have yet to be published.",
                        kafkas(now, KafkaStatus::queued)),
                counter("herd_kafka_published_records", "Records published.", kafkas(now, KafkaStatus::published)),
                counter("herd_kafka_read_records", "Records read.", kafkas(now, KafkaStatus::read)),
                counter("herd_kafka_duplicate_records", "Records read of others that said what was known.",
                        kafkas(now, KafkaStatus::duplicates)),
                counter("herd_kafka_skipped_records", "Records read that no herd has written, or nobody can read.",
                        kafkas(now, KafkaStatus::skipped)),
                gauge("herd_history_queue", "Reports that have yet to be written into the history.",
                        histories(now, HistoryStatus::queued)),
                counter("herd_history_written_reports", "Reports written into the history.",
                        histories(now, HistoryStatus::written)),
                counter("herd_history_left_out_reports", "Reports that are not in the history, and never will be.",
                        histories(now, HistoryStatus::leftOut)));
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

    private static List<Point> servers(HerdStatus now, ToLongFunction<ServerStatus> value) {
        List<Point> points = new ArrayList<>();
        for (ServerAnswer server : now.servers()) {
            if (server.status() != null) {
                points.add(new Point(Labels.of("server", server.name()), value.applyAsLong(server.status())));
            }
        }
        return points;
    }

    private static List<Point> refused(HerdStatus now) {
        List<Point> points = new ArrayList<>();
        addRefused(points, now, "report", RoomStatus::refusedReports);
        addRefused(points, now, "link", RoomStatus::refusedTaught);
        addRefused(points, now, "journal", RoomStatus::refusedReplayed);
        return points;
    }

    private static void addRefused(List<Point> points, HerdStatus now, String door, ToLongFunction<RoomStatus> value) {
        for (Point point : servers(now, status -> value.applyAsLong(status.room()))) {
            points.add(new Point(point.labels.add("door", door), point.value));
        }
    }

    private static List<Point> journals(HerdStatus now, ToLongFunction<JournalStatus> value) {
        List<Point> points = new ArrayList<>();
        for (ServerAnswer server : now.servers()) {
            if (server.status() != null && server.status().journal() != null) {
                points.add(new Point(Labels.of("server", server.name()),
                        value.applyAsLong(server.status().journal())));
            }
        }
        return points;
    }

    private static List<Point> histories(HerdStatus now, ToLongFunction<HistoryStatus> value) {
        List<Point> points = new ArrayList<>();
        for (ServerAnswer server : now.servers()) {
            KafkaStatus kafka = server.status() == null ? null : server.status().kafka();
            if (kafka != null && kafka.history() != null) {
                points.add(new Point(Labels.of("server", server.name()), value.applyAsLong(kafka.history())));
            }
        }
        return points;
    }

    private static List<Point> kafkas(HerdStatus now, ToLongFunction<KafkaStatus> value) {
        List<Point> points = new ArrayList<>();
        for (ServerAnswer server : now.servers()) {
            if (server.status() != null && server.status().kafka() != null) {
                points.add(new Point(Labels.of("server", server.name()), value.applyAsLong(server.status().kafka())));
            }
        }
        return points;
    }

    private static List<Point> certificates(HerdStatus now) {
        List<Point> points = new ArrayList<>();
        for (ServerAnswer server : now.servers()) {
            if (server.status() != null && server.status().certificateEndMillis() != null) {
                points.add(new Point(Labels.of("server", server.name()),
                        server.status().certificateEndMillis() / 1000));
            }
        }
        return points;
    }

    private static MetricSnapshot gauge(String name, String help, List<Point> points) {
        GaugeSnapshot.Builder gauge = GaugeSnapshot.builder().name(name).help(help);
        points.forEach(point -> gauge.dataPoint(
                GaugeDataPointSnapshot.builder().labels(point.labels).value((double) point.value).build()));
        return gauge.build();
    }

    private static MetricSnapshot counter(String name, String help, List<Point> points) {
        CounterSnapshot.Builder counter = CounterSnapshot.builder().name(name).help(help);
        points.forEach(point -> counter.dataPoint(
                CounterDataPointSnapshot.builder().labels(point.labels).value((double) point.value).build()));
        return counter.build();
    }
}
