package dev.proxyherd.mqtt;

import dev.proxyherd.protocol.SipHash;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * By which names a server is known to a broker.
 *
 * @param server its own name
 * @param clientId by which the broker knows again what it keeps for this server
 */
record MqttIdentity(String server, String clientId) {

    /**
     * The same for each start of the server; another one for servers of other herds, and where other topics are subscribed
     * to, for the broker would go on sending those of before.
     *
     * @param key of the herd's, for nobody else
     */
    static MqttIdentity of(String server, byte[] key, @Nullable TopicFilter topic) {
        String what = server + ' ' + (topic == null ? "" : topic.text());
        StringBuilder bytes = new StringBuilder();
        for (byte b : what.getBytes(StandardCharsets.UTF_8)) {
            bytes.append((char) (b & 0xFF));
        }
        return new MqttIdentity(server, "herd-" + server + '-'
                + HexFormat.of().toHexDigits((int) new SipHash(key).of(bytes.toString())));
    }
}
