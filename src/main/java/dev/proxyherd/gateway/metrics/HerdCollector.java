package dev.proxyherd.gateway.metrics;

import dev.proxyherd.gateway.metrics.HerdPoints.Point;
import dev.proxyherd.status.HerdStatus;
import dev.proxyherd.status.HistoryStatus;
import dev.proxyherd.status.JournalStatus;
import dev.proxyherd.status.KafkaStatus;
import dev.proxyherd.status.LinkStatus;
import dev.proxyherd.status.MqttStatus;
import dev.proxyherd.status.WebhookStatus;
import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.List;
import java.util.function.Supplier;

/**
 * Shows all servers and links that are known here. It asks once for a whole page: what the page says of a link and of its
 * servers is of one moment.
 */
record HerdCollector(Supplier<HerdStatus> herd) implements MultiCollector {
    private static final double MILLIS_PER_SECOND = 1e3;

    @Override
    public MetricSnapshots collect() {
        HerdPoints now = new HerdPoints(herd.get());
        return MetricSnapshots.of(
                gauge("herd_converged", "Whether all servers answered and know the same.",
                        HerdPoints.one(flag(now.herd().isConverged()))),
                gauge("herd_faults", "What takes a person to repair, though all servers may answer.",
                        HerdPoints.one(now.herd().faults().size())),
                gauge("herd_server_up", "Whether the server answers.", now.up()),
                gauge("herd_server_clients", "Clients whose location the server knows.",
                        now.servers(status -> (double) status.clients())),
                gauge("herd_clock_offset_seconds", "How far its clock is ahead of the one that most agree with.",
                        now.clocks()),
                gauge("herd_link_up", "Whether the link is up.", now.links(link -> flag(link.up()))),
                gauge("herd_link_queue", "Updates that wait to be sent.", now.links(LinkStatus::queued)),
                counter("herd_link_sent_lines", "AT lines sent.", now.links(LinkStatus::linesSent)),
                counter("herd_link_sent_bytes", "Bytes of AT lines sent.", now.links(LinkStatus::bytesSent)),
                counter("herd_link_resyncs", "Times that the link has come up.", now.links(LinkStatus::starts)),
                gauge("herd_connections", "Connections that are open.",
                        now.servers(status -> (double) status.connections())),
                gauge("herd_full", "Whether there is no room for new clients.",
                        now.servers(status -> flag(status.room().full()))),
                gauge("herd_lacking_clients", "Clients of a neighbour that a full server has no room for.",
                        now.servers(status -> (double) status.room().lacking())),
                counter("herd_refused_locations", "Locations that there was no room for.", now.refused()),
                gauge("herd_certificate_expiry_timestamp_seconds", "When the server's certificate ends.",
                        now.servers(status -> status.certificateEndMillis() == null ? null
                                : Math.floor(status.certificateEndMillis() / MILLIS_PER_SECOND))),
                gauge("herd_mqtt_up", "Whether there is a connection with the MQTT broker.",
                        now.brokers(broker -> flag(broker.connected()))),
                gauge("herd_mqtt_queue", "Clients whose location is yet to be published by MQTT.",
                        now.brokers(MqttStatus::queued)),
                counter("herd_mqtt_reports", "Reports taken in by MQTT.", now.brokers(MqttStatus::taken)),
                counter("herd_mqtt_refused_reports", "Reports by MQTT that were not.",
                        now.brokers(MqttStatus::refused)),
                counter("herd_mqtt_published", "Messages published by MQTT.", now.brokers(MqttStatus::published)),
                counter("herd_mqtt_dropped", "Messages that could not be published by MQTT.",
                        now.brokers(MqttStatus::dropped)),
                gauge("herd_webhook_waiting", "Messages that are yet to be sent to webhooks.",
                        now.webhooks(WebhookStatus::waiting)),
                counter("herd_webhook_delivered", "Messages that webhooks have taken.",
                        now.webhooks(WebhookStatus::delivered)),
                counter("herd_webhook_given_up", "Messages to webhooks that were given up.",
                        now.webhooks(WebhookStatus::givenUp)),
                gauge("herd_webhook_failing", "Receivers for which messages wait that they did not take.",
                        now.webhooks(WebhookStatus::failing)),
                gauge("herd_journal_failing", "Whether the journal cannot be written.",
                        now.journals(journal -> flag(journal.failure() != null))),
                gauge("herd_journal_bytes", "Size of the journal.", now.journals(JournalStatus::bytes)),
                gauge("herd_journal_records", "Records in the journal.", now.journals(JournalStatus::records)),
                gauge("herd_kafka_connected", "Whether the topic that herds share is being read.",
                        now.kafkas(kafka -> flag(kafka.connected()))),
                gauge("herd_kafka_lag_records", "Records of the topic that have yet to be read.",
                        now.kafkas(KafkaStatus::lagRecords)),
                gauge("herd_kafka_lag_seconds", "Age of the record that was read last, while others have yet to be.",
                        now.kafkas(kafka -> kafka.lagMillis() / MILLIS_PER_SECOND)),
                gauge("herd_kafka_queue", "Clients whose locations have yet to be published.",
                        now.kafkas(KafkaStatus::queued)),
                counter("herd_kafka_published_records", "Records published.", now.kafkas(KafkaStatus::published)),
                counter("herd_kafka_read_records", "Records read.", now.kafkas(KafkaStatus::read)),
                counter("herd_kafka_duplicate_records", "Records read of others that said what was known.",
                        now.kafkas(KafkaStatus::duplicates)),
                counter("herd_kafka_skipped_records", "Records read that no herd has written, or nobody can read.",
                        now.kafkas(KafkaStatus::skipped)),
                gauge("herd_history_queue", "Reports that have yet to be written into the history.",
                        now.histories(HistoryStatus::queued)),
                counter("herd_history_written_reports", "Reports written into the history.",
                        now.histories(HistoryStatus::written)),
                counter("herd_history_left_out_reports", "Reports that are not in the history, and never will be.",
                        now.histories(HistoryStatus::leftOut)));
    }

    private static double flag(boolean value) {
        return value ? 1 : 0;
    }

    private static MetricSnapshot gauge(String name, String help, List<Point> points) {
        GaugeSnapshot.Builder gauge = GaugeSnapshot.builder().name(name).help(help);
        points.forEach(point -> gauge.dataPoint(
                GaugeDataPointSnapshot.builder().labels(point.labels()).value(point.value()).build()));
        return gauge.build();
    }

    private static MetricSnapshot counter(String name, String help, List<Point> points) {
        CounterSnapshot.Builder counter = CounterSnapshot.builder().name(name).help(help);
        points.forEach(point -> counter.dataPoint(
                CounterDataPointSnapshot.builder().labels(point.labels()).value(point.value()).build()));
        return counter.build();
    }
}
