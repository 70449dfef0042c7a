package dev.proxyherd.mqtt;

import dev.proxyherd.mqtt.broker.BrokerAddress;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * What a server has to do with a broker.
 *
 * @param login null to show nobody
 * @param authorities who may have issued the broker's certificate, as PEM; null for those that Java trusts
 * @param topic what to subscribe to; null for nothing
 * @param prefix below which to publish; null not to
 * @param takesNullIsland whether apps may report exactly 0, 0
 */
public record MqttSettings(BrokerAddress broker, @Nullable MqttLogin login, @Nullable Path authorities,
        @Nullable TopicFilter topic, @Nullable String prefix, boolean takesNullIsland) {

    /** @throws IllegalArgumentException if what is published would come back, or there is nothing to do; the message says so */
    public MqttSettings {
        if (topic == null && prefix == null) {
            throw new IllegalArgumentException("--mqtt-topic none leaves nothing to do without --mqtt-publish");
        }
        if ((prefix != null && !prefix.matches("[^/+#$\\p{Cntrl}][^+#\\p{Cntrl}]{0,199}"))
                || "/".equals(last(prefix))) {
            throw new IllegalArgumentException(
                    "--mqtt-publish " + prefix + ": write what topics begin with, such as herd or "
                            + "home/herd, without +, # and a slash at the end");
        }
        if (topic != null && prefix != null && topic.reachesBelow(prefix)) {
            throw new IllegalArgumentException(
                    "--mqtt-publish " + prefix + ": what is published there would come back, for "
                            + "--mqtt-topic " + topic + " subscribes to it; choose another prefix");
        }
    }

    private static @Nullable String last(@Nullable String prefix) {
        return prefix == null || prefix.isEmpty() ? null : prefix.substring(prefix.length() - 1);
    }
}
