package dev.proxyherd.gateway.metrics;

import dev.proxyherd.status.HerdLink;
import dev.proxyherd.status.HerdStatus;
import dev.proxyherd.status.HistoryStatus;
import dev.proxyherd.status.JournalStatus;
import dev.proxyherd.status.KafkaStatus;
import dev.proxyherd.status.LinkStatus;
import dev.proxyherd.status.MqttStatus;
import dev.proxyherd.status.RoomStatus;
import dev.proxyherd.status.ServerAnswer;
import dev.proxyherd.status.ServerStatus;
import dev.proxyherd.status.WebhookStatus;
import io.prometheus.metrics.model.snapshots.Labels;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * What a herd's servers and links have to show, with labels that say whose it is. Of a server that did not answer, and of
 * its links, nothing is known.
 */
record HerdPoints(HerdStatus herd) {
    private static final double NANOS_PER_SECOND = 1e9;

    record Point(Labels labels, double value) {
    }

    /** Something of a server; null where it has no such thing. */
    interface OfServer {
        @Nullable
        Double value(ServerStatus status);
    }

    /** What is of no server or link. */
    static List<Point> one(double value) {
        return List.of(new Point(Labels.EMPTY, value));
    }

    /** Whether servers answer. */
    List<Point> up() {
        return herd.servers().stream().map(server -> of(server.name(), server.status() == null ? 0 : 1)).toList();
    }

    /** How far clocks are ahead of the one that most agree with, in seconds. */
    List<Point> clocks() {
        return herd.clockOffsets().entrySet().stream()
                .map(clock -> of(clock.getKey(), clock.getValue() / NANOS_PER_SECOND)).toList();
    }

    List<Point> links(ToDoubleFunction<LinkStatus> value) {
        List<Point> points = new ArrayList<>();
        for (HerdLink link : herd.links()) {
            if (link.status() != null) {
                points.add(new Point(Labels.of("from", link.from(), "to", link.to()),
                        value.applyAsDouble(link.status())));
            }
        }
        return points;
    }

    List<Point> servers(OfServer shown) {
        List<Point> points = new ArrayList<>();
        for (ServerAnswer server : herd.servers()) {
            Double value = server.status() == null ? null : shown.value(server.status());
            if (value != null) {
                points.add(of(server.name(), value));
            }
        }
        return points;
    }

    List<Point> kafkas(ToDoubleFunction<KafkaStatus> value) {
        return servers(status -> status.kafka() == null ? null : value.applyAsDouble(status.kafka()));
    }

    List<Point> histories(ToDoubleFunction<HistoryStatus> value) {
        return servers(status -> status.kafka() == null || status.kafka().history() == null ? null
                : value.applyAsDouble(status.kafka().history()));
    }

    List<Point> journals(ToDoubleFunction<JournalStatus> value) {
        return servers(status -> status.journal() == null ? null : value.applyAsDouble(status.journal()));
    }

    /** Of the brokers that servers have to do with. */
    List<Point> brokers(ToDoubleFunction<MqttStatus> value) {
        return servers(status -> status.mqtt() == null ? null : value.applyAsDouble(status.mqtt()));
    }

    /** Of the servers that have fences. */
    List<Point> webhooks(ToDoubleFunction<WebhookStatus> value) {
        return servers(status -> status.webhooks() == null ? null : value.applyAsDouble(status.webhooks()));
    }

    /** Locations that there was no room for, by the door through which they came. */
    List<Point> refused() {
        List<Point> points = new ArrayList<>();
        addRefused(points, "report", RoomStatus::refusedReports);
        addRefused(points, "link", RoomStatus::refusedTaught);
        addRefused(points, "journal", RoomStatus::refusedReplayed);
        return points;
    }

    private void addRefused(List<Point> points, String door, ToDoubleFunction<RoomStatus> value) {
        for (Point point : servers(status -> value.applyAsDouble(status.room()))) {
            points.add(new Point(point.labels.add("door", door), point.value));
        }
    }

    private static Point of(String server, double value) {
        return new Point(Labels.of("server", server), value);
    }
}
