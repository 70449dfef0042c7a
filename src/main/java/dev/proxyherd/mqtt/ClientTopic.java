package dev.proxyherd.mqtt;

import dev.proxyherd.foreign.ClientIds;
import org.jspecify.annotations.Nullable;

/**
 * The topic under which a client is published: the prefix, and the client's ID percent-encoded as in URLs, so that no ID
 * holds what means something in topics, and each has one of its own. Only the slash of {@code user/device}, where it is the
 * only one and not at an edge, stays, so that an app's reports are found under the same names as its own topic has.
 */
final class ClientTopic {
    /** The longest topic (MQTT 5, 1.5.4). */
    private static final int MAX_BYTES = 65_535;

    private ClientTopic() {
    }

    /**
     * The topic of a client.
     *
     * @param client its ID, a character for each byte
     * @return null if it would be longer than topics may be
     */
    static @Nullable String of(String prefix, String client) {
        int slash = client.indexOf('/');
        boolean pair = slash > 0 && slash < client.length() - 1 && slash == client.lastIndexOf('/');
        String name = pair ? ClientIds.encoded(client.substring(0, slash)) + '/'
                + ClientIds.encoded(client.substring(slash + 1)) : ClientIds.encoded(client);
        String topic = prefix + '/' + name;
        return topic.length() > MAX_BYTES ? null : topic;
    }

    /** Where it is said whether a server is there; no client's topic is like it. */
    static String ofServer(String prefix, String server) {
        return prefix + "/$servers/" + server;
    }
}
