package dev.proxyherd.mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.proxyherd.log.TrafficLog;
import dev.proxyherd.mqtt.broker.BrokerConnection;
import dev.proxyherd.mqtt.broker.Publication;
import dev.proxyherd.protocol.Location;
import dev.proxyherd.protocol.ServerName;
import dev.proxyherd.store.Expiry;
import dev.proxyherd.store.LocationStore;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What was to be published while there was no broker. */
class PublisherTest {
    @TempDir
    private Path dir;

    /** Takes everything at once. */
    private static final class Topics implements BrokerConnection {
        private final Set<String> emptied = new HashSet<>();

        @Override
        public @Nullable String reservations() {
            return null;
        }

        @Override
        public int subscribe(String filter, boolean retained) {
            return 1;
        }

        @Override
        public void publish(Publication message, Consumer<@Nullable String> done) {
            if (message.payload().length == 0) {
                emptied.add(message.topic());
            }
            done.accept(null);
        }

        @Override
        public void close() {
            // Nothing is open.
        }
    }

    @Test
    void emptiesTheTopicsOfAllWhoWereForgottenHoweverManyTheyAre() throws Exception {
        int clients = PublishQueue.MAX_WAITING + 5_000;
        List<String> warnings = new ArrayList<>();
        LocationStore store = new LocationStore();
        try (TrafficLog log =
                TrafficLog.open(dir.resolve("log"), 1 << 20, InstantSource.system(), "Alford", warnings::add);
                Topics topics = new Topics()) {
            Publisher publisher = new Publisher("herd", store, new Expiry(Duration.ZERO, InstantSource.system()), log);
            for (int i = 0; i < clients; i++) {
                Location gone = Location.gone(ServerName.of("Alford"), 0, "c" + i, 1);
                store.merge(gone);
                publisher.updated(gone, true, null);
            }
            publisher.publish(topics, () -> topics.emptied.size() < clients);
            assertThat(topics.emptied).hasSize(clients);
        }
        assertThat(warnings).isEmpty();
    }
}
