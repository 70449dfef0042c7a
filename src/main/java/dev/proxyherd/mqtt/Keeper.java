package dev.proxyherd.mqtt;

import dev.proxyherd.io.Backoff;
import dev.proxyherd.log.TrafficLog;
import dev.proxyherd.mqtt.broker.BrokerClient;
import dev.proxyherd.mqtt.broker.BrokerConnection;
import dev.proxyherd.mqtt.broker.BrokerEvents;
import dev.proxyherd.mqtt.broker.BrokerException;
import dev.proxyherd.mqtt.broker.BrokerPlan;
import dev.proxyherd.mqtt.broker.Delivery;
import dev.proxyherd.mqtt.broker.Publication;
import dev.proxyherd.tls.Trust;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a connection with the broker: connects, subscribes, publishes until the connection is lost, waits, and begins anew, for
 * ever. Files with the password and authorities are read each time. A thread of its own; any thread asks how it is.
 */
final class Keeper {
    private static final Duration SHORTEST_WAIT = Duration.ofMillis(500);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);

    /** A connection that has held so long has nothing to do with what was wrong before. */
    private static final Duration STEADY = Duration.ofSeconds(30);

    /** So many connections in a row that did not hold are no accident. */
    private static final int SUSPICIOUS = 3;

    private static final byte[] ONLINE = "online".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] OFFLINE = "offline".getBytes(StandardCharsets.US_ASCII);

    private final MqttSettings settings;
    private final MqttIdentity identity;
    private final BrokerClient client;
    private final Receiver receiver;
    private final @Nullable Publisher publisher;
    private final TrafficLog log;
    private final Backoff backoff = new Backoff(SHORTEST_WAIT, LONGEST_WAIT, RandomGenerator.getDefault());

    /** Of its own thread. */
    private boolean wantsRetained = true;

    /** Why there is no connection, if that was told last; else there is one, or nothing was told. */
    private @Nullable String told;

    private @Nullable String toldReservations;
    private int brief;
    private volatile State state = new State(null, "it has not been tried yet");

    /**
     * How it is now.
     *
     * @param session null while there is no connection
     * @param reason why there is none; null while there is one
     */
    private record State(@Nullable Session session, @Nullable String reason) {
    }

    /** @param publisher null where nothing is published */
    Keeper(MqttSettings settings, MqttIdentity identity, BrokerClient client, Receiver receiver,
            @Nullable Publisher publisher, TrafficLog log) {
        this.settings = settings;
        this.identity = identity;
        this.client = client;
        this.receiver = receiver;
        this.publisher = publisher;
        this.log = log;
    }

    /** One connection, and the wait after it; true, for there is always another. */
    boolean round() throws InterruptedException {
        long begun = System.nanoTime();
        String reason;
        try {
            reason = serve();
            brief++;
        } catch (BrokerException | IOException e) {
            reason = String.valueOf(e.getMessage());
        } catch (RuntimeException | Error fault) {
            state = new State(null, "a fault of the program, " + fault);
            throw fault;
        }
        if (System.nanoTime() - begun > STEADY.toNanos()) {
            backoff.reset();
            told = null;
            brief = 0;
        }
        if (brief >= SUSPICIOUS) {
            reason +=
                    "; that goes on and on: another server that runs with this one's name and secret would have its client "
                            + "ID, " + identity.clientId() + ", and each would end the other's connection";
        }
        state = new State(null, reason);
        tell(reason);
        Thread.sleep(Duration.ofNanos(backoff.nextNanos()));
        return true;
    }

    /** Once for as long as it stays so. */
    private void tell(String reason) {
        if (!reason.equals(told)) {
            told = reason;
            log.warn(
                    "MQTT: no connection with " + settings.broker() + ": " + reason + "; this is tried again for ever");
        }
    }

    /** Connects, and returns why the connection was lost. */
    private String serve() throws BrokerException, IOException, InterruptedException {
        Session session = new Session();
        try (BrokerConnection connection = client.connect(plan(), session)) {
            greet(connection);
            state = new State(session, null);
            if (publisher != null) {
                publisher.publish(connection, session::isLive);
            }
            return session.awaitEnd();
        }
    }

    private BrokerPlan plan() throws IOException {
        MqttLogin login = settings.login();
        return new BrokerPlan(settings.broker(), identity.clientId(), login == null ? null : login.read(),
                Trust.of(settings.authorities()), said(OFFLINE));
    }

    /** Whether this server is there, for those who want to know. */
    private @Nullable Publication said(byte[] word) {
        String prefix = settings.prefix();
        return prefix == null ? null : new Publication(ClientTopic.ofServer(prefix, identity.server()), word, 0);
    }

    private void greet(BrokerConnection connection) throws BrokerException, InterruptedException {
        StringBuilder words = new StringBuilder("MQTT: connected with " + settings.broker()
                + (told == null ? "" : " again"));
        if (settings.topic() != null) {
            int granted = connection.subscribe(settings.topic().text(), wantsRetained);
            wantsRetained = false;
            words.append(", subscribed to ").append(settings.topic()).append(" with quality of service ")
                    .append(granted);
        }
        Publication online = said(ONLINE);
        if (online != null) {
            connection.publish(online, refusal -> {});
            words.append(", publishes below ").append(settings.prefix());
        }
        if (told != null && brief < SUSPICIOUS) {
            told = null;
            log.warn(words.toString());
        } else {
            log.note(words.toString());
        }
        String reservations = connection.reservations();
        if (reservations != null && !reservations.equals(toldReservations)) {
            toldReservations = reservations;
            log.warn("MQTT: " + settings.broker() + ": " + reservations);
        }
    }

    /** Whether there is a connection. */
    boolean isConnected() {
        return state.session != null;
    }

    /** Why there is none; null while there is one. */
    @Nullable
    String reason() {
        return state.reason;
    }

    /** Whether there is a connection that is not lost. */
    boolean isLive() {
        Session session = state.session;
        return session != null && session.isLive();
    }

    /** What one connection tells. */
    private final class Session implements BrokerEvents {
        private final CountDownLatch end = new CountDownLatch(1);
        private volatile @Nullable String reason;

        @Override
        public void received(Delivery message) throws InterruptedException {
            receiver.add(message);
        }

        @Override
        public void lost(String why) {
            reason = why;
            end.countDown();
            if (publisher != null) {
                publisher.poke();
            }
        }

        boolean isLive() {
            return reason == null;
        }

        String awaitEnd() throws InterruptedException {
            end.await();
            return String.valueOf(reason);
        }
    }
}
