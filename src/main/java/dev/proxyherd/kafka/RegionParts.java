package dev.proxyherd.kafka;

import dev.proxyherd.log.TrafficLog;
import dev.proxyherd.protocol.Location;
import dev.proxyherd.store.Room;
import java.time.InstantSource;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What a server lends to its {@link Region}.
 *
 * @param server its name
 * @param servers the names of all servers of its herd as it is now
 * @param herd tells this herd from others, the same on all of its servers
 * @param intake takes in what is in the topic, and says whether there was room for it
 * @param room has the store
 * @param keeping where to keep how far it is; null where no journal is kept
 * @param log takes what is to be told
 * @param clock this server's
 */
public record RegionParts(String server, Supplier<Set<String>> servers, byte[] herd, Predicate<Location> intake,
        Room room, @Nullable RegionKeeping keeping, TrafficLog log, InstantSource clock) {
}
