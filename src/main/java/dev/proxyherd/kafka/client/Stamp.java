package dev.proxyherd.kafka.client;

import java.nio.ByteBuffer;
import java.util.List;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.jspecify.annotations.Nullable;

/**
 * What every record says of who has published it: the server, in its key, and in a header which herd and which process that was.
 * By that two servers of one name are told apart.
 *
 * @param server the publisher's name
 * @param herd tells its herd from others
 * @param process tells one life of the server from others
 */
record Stamp(String server, long herd, long process) {
    private static final String HEADER = "herd";
    private static final int BYTES = 2 * Long.BYTES;

    byte[] key(String client) {
        return new RecordKey(server, client).bytes();
    }

    List<Header> headers() {
        return List.of(new RecordHeader(HEADER, ByteBuffer.allocate(BYTES).putLong(herd).putLong(process).array()));
    }

    /** The one of another record; null where it carries none. */
    static @Nullable Stamp of(RecordKey key, Headers headers) {
        Header header = headers.lastHeader(HEADER);
        if (header == null || header.value() == null || header.value().length != BYTES) {
            return null;
        }
        ByteBuffer value = ByteBuffer.wrap(header.value());
        return new Stamp(key.publisher(), value.getLong(), value.getLong());
    }
}
