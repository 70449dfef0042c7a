package dev.proxyherd.kafka.client;

import dev.proxyherd.kafka.History;
import dev.proxyherd.kafka.HistoryQueue;
import dev.proxyherd.log.TrafficLog;
import dev.proxyherd.protocol.Location;
import dev.proxyherd.status.HistoryStatus;

/** One server's history: wires the parts, and starts and ends their thread. */
final class KafkaHistory implements History {
    private final String topic;
    private final HistoryQueue queue = new HistoryQueue();
    private final HistoryHealth health;
    private final HistoryWriter writer;
    private final Thread writing;

    KafkaHistory(ClientConfigs configs, String topic, String server, TrafficLog log) {
        this.topic = topic;
        this.health = new HistoryHealth(queue, log);
        this.writer = new HistoryWriter(configs, topic, queue, health);
        this.writing = KafkaThread.of("kafka-history-" + server, log, writer);
    }

    @Override
    public void start() {
        writing.start();
    }

    @Override
    public void heard(Location report) {
        queue.offer(report);
    }

    @Override
    public HistoryStatus status() {
        return health.status(topic);
    }

    @Override
    public void close() {
        boolean works = health.isWell();
        writer.stop(works);
        KafkaThread.end(writing, works);
        health.ended();
    }
}
