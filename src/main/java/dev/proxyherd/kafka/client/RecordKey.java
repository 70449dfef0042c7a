package dev.proxyherd.kafka.client;

import dev.proxyherd.protocol.Location;
import dev.proxyherd.protocol.ServerName;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * The key of a record: who publishes it, a space, and whom it is of. So each key has one writer, and the last record of a key is
 * that writer's best.
 *
 * @param publisher a server's name
 * @param client a client's ID, a character for each byte
 */
record RecordKey(String publisher, String client) {

    /** The key in these bytes; null if they are none. */
    static @Nullable RecordKey parse(byte @Nullable [] bytes) {
        if (bytes == null) {
            return null;
        }
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        int space = text.indexOf(' ');
        if (space < 0) {
            return null;
        }
        RecordKey key = new RecordKey(text.substring(0, space), text.substring(space + 1));
        return ServerName.isName(key.publisher) && Location.isClient(key.client) ? key : null;
    }

    byte[] bytes() {
        return (publisher + ' ' + client).getBytes(StandardCharsets.ISO_8859_1);
    }
}
