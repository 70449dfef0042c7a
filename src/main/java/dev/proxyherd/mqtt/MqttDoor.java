package dev.proxyherd.mqtt;

import dev.proxyherd.apps.ReportCounts;
import dev.proxyherd.apps.ReportTaker;
import dev.proxyherd.io.Libraries;
import dev.proxyherd.log.Endless;
import dev.proxyherd.mqtt.broker.BrokerClient;
import dev.proxyherd.status.MqttStatus;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** One server's connection with a broker. It runs from {@link #open} to {@link #close}. */
public final class MqttDoor implements AutoCloseable {
    private static final String LIBRARY = "dev.proxyherd.mqtt.hive.HiveClient";

    /** How long what waits may take to be published when the server stops, and then threads to end. */
    private static final Duration STOP_LIMIT = Duration.ofSeconds(2);

    private final MqttSettings settings;
    private final ReportCounts counts = new ReportCounts();
    private final @Nullable Publisher publisher;
    private final Keeper keeper;
    private final Thread connecting;
    private final Thread receiving;

    private MqttDoor(MqttSettings settings, MqttParts parts, InstantSource clock, BrokerClient client) {
        this.settings = settings;
        String prefix = settings.prefix();
        this.publisher = prefix == null ? null : new Publisher(prefix, parts.store(), parts.expiry(), parts.log());
        ReportTaker taker = new ReportTaker(parts.doors().besides(publisher), parts.log(), clock, counts,
                settings.takesNullIsland());
        Receiver receiver = new Receiver(taker, parts.rights(), parts.log().faults(), "mqtt:" + settings.broker());
        this.keeper = new Keeper(settings, MqttIdentity.of(parts.server(), parts.key(), settings.topic()), client,
                receiver, publisher, parts.log());
        this.connecting = Thread.ofVirtual().unstarted(
                new Endless("mqtt-" + parts.server(), parts.log().faults(), keeper::round));
        this.receiving = Thread.ofVirtual().unstarted(
                new Endless("mqtt-in-" + parts.server(), parts.log().faults(), receiver::round));
    }

    /**
     * Loads the library, and begins to connect; whether there is a connection the status tells.
     *
     * @throws IOException if the library is not there; the message says what to do
     */
    public static MqttDoor open(MqttSettings settings, MqttParts parts, InstantSource clock) throws IOException {
        BrokerClient client = Libraries.besideTheJar().open(BrokerClient.class, LIBRARY, "mqtt");
        MqttDoor door = new MqttDoor(settings, parts, clock, client);
        if (door.publisher != null) {
            parts.doors().tell(door.publisher);
        }
        door.receiving.start();
        door.connecting.start();
        return door;
    }

    /** How it is now. */
    public MqttStatus status() {
        AtomicLong refused = new AtomicLong();
        counts.refused((reason, count) -> refused.addAndGet(count));
        return new MqttStatus(settings.broker().toString(), keeper.isConnected(), keeper.reason(),
                publisher == null ? 0 : publisher.waiting(), counts.taken(), refused.get(),
                publisher == null ? 0 : publisher.published(), publisher == null ? 0 : publisher.dropped());
    }

    /** Takes no more reports in, publishes what waits, and says goodbye; some seconds at most. */
    @Override
    public void close() {
        receiving.interrupt();
        try {
            receiving.join(STOP_LIMIT);
            if (publisher != null) {
                publisher.awaitDone(STOP_LIMIT, keeper::isLive);
            }
            connecting.interrupt();
            connecting.join(STOP_LIMIT);
        } catch (InterruptedException e) {
            connecting.interrupt();
            Thread.currentThread().interrupt();
        }
    }
}
