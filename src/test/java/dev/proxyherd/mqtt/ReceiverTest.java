package dev.proxyherd.mqtt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.proxyherd.apps.ReportCounts;
import dev.proxyherd.apps.ReportTaker;
import dev.proxyherd.log.Faults;
import dev.proxyherd.log.TrafficLog;
import dev.proxyherd.mqtt.broker.Delivery;
import dev.proxyherd.protocol.Location;
import dev.proxyherd.protocol.ServerName;
import dev.proxyherd.rights.Rights;
import dev.proxyherd.store.Intake;
import dev.proxyherd.store.Reports;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What has come from a broker is acknowledged, whatever becomes of what came with it. */
class ReceiverTest {
    @TempDir
    private Path dir;

    @AutoClose
    private TrafficLog log;

    private final List<String> warnings = new ArrayList<>();
    private final List<String> taken = new ArrayList<>();
    private final List<String> acknowledged = new ArrayList<>();
    private final AtomicInteger failingSyncs = new AtomicInteger();
    private Receiver receiver;

    @BeforeEach
    void open() throws IOException {
        log = TrafficLog.open(dir.resolve("log"), 1 << 20, InstantSource.system(), "Alford", warnings::add);
        Reports reports = new Reports(ServerName.of("Alford"), new Noting(), () -> Duration.ofHours(1), warnings::add);
        receiver = new Receiver(new ReportTaker(reports, log, InstantSource.system(), new ReportCounts(), false),
                ReceiverTest::rights, new Faults(warnings::add), "mqtt:broker");
    }

    private static Rights rights(String user) {
        if (user.equals("poison")) {
            throw new IllegalStateException("nobody thought of that");
        }
        return Rights.ALL;
    }

    private final class Noting implements Intake {
        @Override
        public boolean take(Location location, @Nullable String fromNeighbour) {
            taken.add(location.client());
            return true;
        }

        @Override
        public void settle() {
            if (failingSyncs.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
                throw new IllegalStateException("no sync");
            }
        }
    }

    private void add(String... users) throws InterruptedException {
        for (String user : users) {
            receiver.add(new Delivery("owntracks/" + user + "/phone",
                    "{\"_type\":\"location\",\"lat\":1,\"lon\":2,\"tst\":1400794645}".getBytes(StandardCharsets.UTF_8),
                    () -> acknowledged.add(user)));
        }
    }

    @Test
    void ofAMessageThatAFaultKeepsFromBeingTakenInTheOthersAreTakenInAndAllAcknowledged() throws Exception {
        add("ann", "poison", "bob");
        receiver.round();
        assertThat(taken).containsExactly("ann/phone", "bob/phone");
        assertThat(acknowledged).containsExactly("ann", "poison", "bob");
        assertThat(warnings).singleElement().asString().contains("nobody thought of that");
    }

    @Test
    void whatIsNotSafeYetIsAcknowledgedInALaterRound() throws Exception {
        failingSyncs.set(1);
        add("ann", "bob");
        assertThatThrownBy(receiver::round).hasMessage("no sync");
        assertThat(acknowledged).isEmpty();
        receiver.round();
        assertThat(acknowledged).containsExactly("ann", "bob");
    }

    @Test
    void anAcknowledgementThatFailsKeepsNoOtherBack() throws Exception {
        add("ann");
        receiver.add(new Delivery("owntracks/x/phone", new byte[0], () -> {
            throw new IllegalStateException("acknowledged already");
        }));
        add("bob");
        assertThatThrownBy(receiver::round).hasMessage("acknowledged already");
        receiver.round();
        assertThat(acknowledged).containsExactly("ann", "bob");
    }
}
