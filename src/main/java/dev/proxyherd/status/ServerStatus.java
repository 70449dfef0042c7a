package dev.proxyherd.status;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How one server is, as {@code herd status} shows it.
 *
 * @param name its name
 * @param startedMillis when it started, POSIX milliseconds
 * @param nowNanos its clock when it answered, POSIX nanoseconds
 * @param clients how many clients it knows
 * @param forgotten how many clients it knows to have been forgotten
 * @param digest of its store, 16 hexadecimal digits; equal on servers that know the same
 * @param cutoffNanos locations of a client time before this have expired there; 0 when none does
 * @param goneCutoffNanos likewise for what tells that clients were forgotten
 * @param connections open connections, neighbours' included
 * @param room how full it is
 * @param links to its neighbours
 * @param journal null when none is kept
 * @param topology which herd it belongs to, by its topology file
 * @param certificateEndMillis when its certificates are not valid any more, POSIX milliseconds; null where it was given none
 * @param mqtt its connection with an MQTT broker; null where it has nothing to do with one
 * @param kafka of the topic that it shares with other herds; null where it does not
 * @param webhooks how it goes with sending to webhooks; null where there are no fences
 */
public record ServerStatus(
        String name,
        long startedMillis,
        long nowNanos,
        int clients,
        int forgotten,
        String digest,
        long cutoffNanos,
        long goneCutoffNanos,
        int connections,
        RoomStatus room,
        List<LinkStatus> links,
        @Nullable JournalStatus journal,
        TopologyStatus topology,
        @Nullable Long certificateEndMillis,
        @Nullable MqttStatus mqtt,
        @Nullable KafkaStatus kafka,
        @Nullable WebhookStatus webhooks) {

    public ServerStatus {
        links = List.copyOf(links);
    }

    /** Whether it was given certificates of which one is past its end, by its own clock. */
    boolean hasExpiredCertificate() {
        return certificateEndMillis != null && certificateEndMillis < nowNanos / 1_000_000;
    }

    /** Of a server that has nothing to do with a broker or webhooks. */
    public ServerStatus(String name, long startedMillis, long nowNanos, int clients, int forgotten, String digest,
            long cutoffNanos, long goneCutoffNanos, int connections, RoomStatus room, List<LinkStatus> links,
            @Nullable JournalStatus journal, TopologyStatus topology, @Nullable Long certificateEndMillis) {
        this(name, startedMillis, nowNanos, clients, forgotten, digest, cutoffNanos, goneCutoffNanos, connections, room,
                links, journal, topology, certificateEndMillis, null, null, null);
    }
}
