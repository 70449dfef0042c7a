package dev.proxyherd.mqtt.hive;

import com.hivemq.client.mqtt.MqttGlobalPublishFilter;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.lifecycle.MqttClientDisconnectedContext;
import com.hivemq.client.mqtt.mqtt5.Mqtt5AsyncClient;
import com.hivemq.client.mqtt.mqtt5.Mqtt5ClientBuilder;
import com.hivemq.client.mqtt.mqtt5.message.connect.Mqtt5Connect;
import com.hivemq.client.mqtt.mqtt5.message.connect.connack.Mqtt5ConnAck;
import com.hivemq.client.mqtt.mqtt5.message.disconnect.Mqtt5Disconnect;
import com.hivemq.client.mqtt.mqtt5.message.disconnect.Mqtt5DisconnectReasonCode;
import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5Publish;
import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5PublishResult;
import com.hivemq.client.mqtt.mqtt5.message.subscribe.Mqtt5RetainHandling;
import com.hivemq.client.mqtt.mqtt5.message.subscribe.Mqtt5Subscribe;
import dev.proxyherd.mqtt.broker.BrokerConnection;
import dev.proxyherd.mqtt.broker.BrokerEvents;
import dev.proxyherd.mqtt.broker.BrokerException;
import dev.proxyherd.mqtt.broker.BrokerPlan;
import dev.proxyherd.mqtt.broker.Delivery;
import dev.proxyherd.mqtt.broker.Publication;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One connection of the HiveMQ client library, with a client of its own. */
final class HiveConnection implements BrokerConnection {
    private static final long GOODBYE_MILLIS = 1000;

    /** Whether there is something to lose. */
    private enum Phase {
        OPENING, OPEN, OVER
    }

    private final Mqtt5AsyncClient client;
    private final BrokerEvents events;
    private final ExecutorService deliveries =
            Executors.newSingleThreadExecutor(Thread.ofVirtual().name("mqtt-deliveries").factory());
    private final AtomicReference<Phase> phase = new AtomicReference<>(Phase.OPENING);
    private MqttQos granted = MqttQos.AT_LEAST_ONCE;
    private @Nullable String reservations;

    HiveConnection(Mqtt5ClientBuilder builder, BrokerEvents events) {
        this.client = builder.addConnectedListener(context -> connected())
                .addDisconnectedListener(this::disconnected).buildAsync();
        this.events = events;
    }

    private void connected() {
        if (phase.get() == Phase.OVER) {
            var unused = client.disconnect(); // nobody has waited for it
        }
    }

    /** Connects. What the broker has kept comes at once, so it is taken from before that on. */
    void open(Mqtt5Connect how) throws BrokerException, InterruptedException {
        client.publishes(MqttGlobalPublishFilter.ALL, this::received, deliveries, true);
        Mqtt5ConnAck answer = await(client.connect(how), HiveWords::whyNotConnected);
        granted = answer.getRestrictions().getMaximumQos();
        reservations = HiveWords.reservations(answer);
        if (!phase.compareAndSet(Phase.OPENING, Phase.OPEN)) {
            throw new BrokerException("the connection was lost at once");
        }
    }

    private void disconnected(MqttClientDisconnectedContext context) {
        if (phase.getAndSet(Phase.OVER) == Phase.OPEN) {
            events.lost(HiveWords.why(context.getCause()));
        }
    }

    private void received(Mqtt5Publish message) {
        try {
            events.received(new Delivery(message.getTopic().toString(), message.getPayloadAsBytes(),
                    () -> acknowledge(message)));
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }

    private static void acknowledge(Mqtt5Publish message) {
        message.acknowledge();
    }

    @Override
    public @Nullable String reservations() {
        return reservations;
    }

    @Override
    public int subscribe(String filter, boolean retained) throws BrokerException, InterruptedException {
        Mqtt5Subscribe subscribe = Mqtt5Subscribe.builder().addSubscription().topicFilter(filter)
                .qos(MqttQos.AT_LEAST_ONCE).noLocal(true)
                .retainHandling(retained ? Mqtt5RetainHandling.SEND
                        : Mqtt5RetainHandling.SEND_IF_SUBSCRIPTION_DOES_NOT_EXIST)
                .applySubscription().build();
        return await(client.subscribe(subscribe), HiveWords::why).getReasonCodes().getFirst().getCode();
    }

    @Override
    public void publish(Publication message, Consumer<@Nullable String> done) {
        Mqtt5Publish publish = HiveClient.message(message);
        if (granted == MqttQos.AT_MOST_ONCE) {
            publish = publish.extend().qos(MqttQos.AT_MOST_ONCE).build();
        }
        var unused = client.publish(publish).whenComplete((result, failure) -> published(result, failure, done));
    }

    private void published(@Nullable Mqtt5PublishResult result, @Nullable Throwable failure,
            Consumer<@Nullable String> done) {
        Throwable fault = result == null ? failure : result.getError().orElse(null);
        if (phase.get() == Phase.OPEN || fault == null) {
            done.accept(fault == null ? null : HiveWords.why(fault));
        }
    }

    private static <T> T await(CompletableFuture<T> answer, Function<Throwable, String> words)
            throws BrokerException, InterruptedException {
        try {
            // Connecting has two parts with a limit each, after which the library gives up by itself.
            return answer.get(3 * BrokerPlan.ANSWER_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw new BrokerException(words.apply(e), e);
        } catch (TimeoutException e) {
            throw new BrokerException("the broker does not answer", e);
        }
    }

    @Override
    public void close() {
        boolean open = phase.getAndSet(Phase.OVER) == Phase.OPEN;
        CompletableFuture<Void> goodbye = client.disconnect(Mqtt5Disconnect.builder()
                .reasonCode(Mqtt5DisconnectReasonCode.DISCONNECT_WITH_WILL_MESSAGE).build());
        if (open) {
            try {
                goodbye.get(GOODBYE_MILLIS, TimeUnit.MILLISECONDS);
            } catch (ExecutionException | TimeoutException e) {
                // It is gone already, or hangs; the broker learns of it by itself.
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        deliveries.shutdownNow();
    }
}
