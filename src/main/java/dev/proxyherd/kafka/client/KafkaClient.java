package dev.proxyherd.kafka.client;

import dev.proxyherd.kafka.History;
import dev.proxyherd.kafka.KafkaLibrary;
import dev.proxyherd.kafka.KafkaSettings;
import dev.proxyherd.kafka.Region;
import dev.proxyherd.kafka.RegionParts;
import dev.proxyherd.log.TrafficLog;
import java.io.IOException;

/** Kafka's client, as the rest of the herd uses it. */
public final class KafkaClient implements KafkaLibrary {
    /** Where SLF4J looks for how much it says of itself: without a logger it would warn on the error output. */
    private static final String SLF4J_VERBOSITY = "slf4j.internal.verbosity";

    public KafkaClient() {
        if (System.getProperty(SLF4J_VERBOSITY) == null) {
            System.setProperty(SLF4J_VERBOSITY, "ERROR");
        }
    }

    @Override
    public void check(KafkaSettings settings) throws IOException {
        try (OwnLoader own = new OwnLoader()) {
            ClientConfigs.of(settings, "herd").check();
        }
    }

    @Override
    public Region join(KafkaSettings settings, RegionParts parts) {
        try (OwnLoader own = new OwnLoader()) {
            return new KafkaRegion(ClientConfigs.of(settings, "herd-" + parts.server()), settings.topic(), parts);
        }
    }

    @Override
    public History keep(KafkaSettings settings, String topic, String server, TrafficLog log) {
        try (OwnLoader own = new OwnLoader()) {
            return new KafkaHistory(ClientConfigs.of(settings, "herd-history-" + server), topic, server, log);
        }
    }

    @Override
    public long retire(KafkaSettings settings, String server, boolean anyway)
            throws IOException, InterruptedException {
        try (OwnLoader own = new OwnLoader()) {
            return new Retirement(ClientConfigs.of(settings, "herd-retire"), settings.topic(), server)
                    .run(anyway, System.currentTimeMillis());
        }
    }
}
