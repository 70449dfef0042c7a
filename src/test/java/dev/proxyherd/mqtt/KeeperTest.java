package dev.proxyherd.mqtt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.proxyherd.apps.ReportCounts;
import dev.proxyherd.apps.ReportTaker;
import dev.proxyherd.log.Faults;
import dev.proxyherd.log.TrafficLog;
import dev.proxyherd.mqtt.broker.BrokerAddress;
import dev.proxyherd.mqtt.broker.BrokerConnection;
import dev.proxyherd.mqtt.broker.Publication;
import dev.proxyherd.protocol.Location;
import dev.proxyherd.protocol.ServerName;
import dev.proxyherd.rights.Rights;
import dev.proxyherd.store.Intake;
import dev.proxyherd.store.Reports;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is told of a connection with a broker, when the library fails in a way that nobody expects. */
class KeeperTest {
    @TempDir
    private Path dir;

    /** Lost at once, with a fault when it is left. */
    private static final class Faulty implements BrokerConnection {
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
            done.accept(null);
        }

        @Override
        public void close() {
            throw new IllegalStateException("the library has a fault");
        }
    }

    private static final class Nowhere implements Intake {
        @Override
        public boolean take(Location location, @Nullable String fromNeighbour) {
            return true;
        }

        @Override
        public void settle() {
            // Nothing was taken.
        }
    }

    @Test
    void isThatThereIsNone() throws Exception {
        List<String> warnings = new ArrayList<>();
        try (TrafficLog log =
                TrafficLog.open(dir.resolve("log"), 1 << 20, InstantSource.system(), "Alford", warnings::add)) {
            Receiver receiver = new Receiver(new ReportTaker(
                    new Reports(ServerName.of("Alford"), new Nowhere(), () -> Duration.ofHours(1), warnings::add), log,
                    InstantSource.system(), new ReportCounts(), false), user -> Rights.ALL, new Faults(warnings::add),
                    "mqtt:broker");
            Keeper keeper = new Keeper(
                    new MqttSettings(new BrokerAddress("127.0.0.1", 1, false), null, null,
                            new TopicFilter("owntracks/+/+"), null, false),
                    MqttIdentity.of("Alford", new byte[16], null), (plan, events) -> {
                        events.lost("gone");
                        return new Faulty();
                    }, receiver, null, log);
            assertThatThrownBy(keeper::round).hasMessage("the library has a fault");
            assertThat(keeper.isConnected()).isFalse();
            assertThat(keeper.isLive()).isFalse();
            assertThat(keeper.reason()).contains("the library has a fault");
        }
    }
}
