package dev.proxyherd.mqtt.hive;

import com.hivemq.client.mqtt.MqttClientSslConfig;
import com.hivemq.client.mqtt.MqttClientTransportConfig;
import com.hivemq.client.mqtt.MqttClientTransportConfigBuilder;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt5.Mqtt5Client;
import com.hivemq.client.mqtt.mqtt5.Mqtt5ClientBuilder;
import com.hivemq.client.mqtt.mqtt5.message.auth.Mqtt5SimpleAuth;
import com.hivemq.client.mqtt.mqtt5.message.auth.Mqtt5SimpleAuthBuilder;
import com.hivemq.client.mqtt.mqtt5.message.connect.Mqtt5Connect;
import com.hivemq.client.mqtt.mqtt5.message.connect.Mqtt5ConnectBuilder;
import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5Publish;
import dev.proxyherd.mqtt.broker.BrokerClient;
import dev.proxyherd.mqtt.broker.BrokerConnection;
import dev.proxyherd.mqtt.broker.BrokerEvents;
import dev.proxyherd.mqtt.broker.BrokerException;
import dev.proxyherd.mqtt.broker.BrokerPlan;
import dev.proxyherd.mqtt.broker.Publication;
import java.util.concurrent.TimeUnit;

/** Makes connections by the HiveMQ client library. */
public final class HiveClient implements BrokerClient {

    @Override
    public BrokerConnection connect(BrokerPlan plan, BrokerEvents events)
            throws BrokerException, InterruptedException {
        HiveConnection connection = new HiveConnection(client(plan), events);
        try {
            connection.open(connect(plan));
            return connection;
        } catch (BrokerException | InterruptedException e) {
            connection.close();
            throw e;
        }
    }

    private static Mqtt5ClientBuilder client(BrokerPlan plan) {
        MqttClientTransportConfigBuilder transport = MqttClientTransportConfig.builder()
                .serverHost(plan.address().host()).serverPort(plan.address().port())
                .socketConnectTimeout(BrokerPlan.ANSWER_LIMIT.toMillis(), TimeUnit.MILLISECONDS)
                .mqttConnectTimeout(BrokerPlan.ANSWER_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
        if (plan.address().tls()) {
            transport = transport.sslConfig(
                    MqttClientSslConfig.builder().trustManagerFactory(plan.trust()).build());
        }
        return Mqtt5Client.builder().identifier(plan.clientId())
                .executorConfig().nettyThreads(1).applyExecutorConfig().transportConfig(transport.build());
    }

    private static Mqtt5Connect connect(BrokerPlan plan) {
        Mqtt5ConnectBuilder connect = Mqtt5Connect.builder().cleanStart(false)
                .sessionExpiryInterval(BrokerPlan.SESSION_EXPIRY.toSeconds())
                .keepAlive((int) BrokerPlan.KEEP_ALIVE.toSeconds())
                .restrictions().maximumPacketSize(BrokerPlan.MAX_PACKET_BYTES).applyRestrictions();
        BrokerPlan.Login login = plan.login();
        if (login != null) {
            connect = connect.simpleAuth(auth(login));
        }
        Publication will = plan.will();
        // A broker that grants no more than quality of service 0 refuses whoever has a will of more.
        return will == null ? connect.build()
                : connect.willPublish(message(will).extend().qos(MqttQos.AT_MOST_ONCE).build()).build();
    }

    private static Mqtt5SimpleAuth auth(BrokerPlan.Login login) {
        Mqtt5SimpleAuthBuilder.Complete auth = Mqtt5SimpleAuth.builder().username(login.user());
        return login.password() == null ? auth.build() : auth.password(login.password()).build();
    }

    static Mqtt5Publish message(Publication message) {
        var publish = Mqtt5Publish.builder().topic(message.topic()).payload(message.payload()).retain(true)
                .qos(MqttQos.AT_LEAST_ONCE);
        return message.expirySeconds() == 0 ? publish.build()
                : publish.messageExpiryInterval(message.expirySeconds()).build();
    }
}
