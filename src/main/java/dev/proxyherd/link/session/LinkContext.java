package dev.proxyherd.link.session;

import dev.proxyherd.io.LineReader;
import dev.proxyherd.io.Sweeper;
import dev.proxyherd.io.WatchedSocket;
import dev.proxyherd.link.seal.Sealing;
import dev.proxyherd.log.TrafficLog;
import dev.proxyherd.protocol.LinkMessage;
import dev.proxyherd.store.Expiry;
import dev.proxyherd.store.LocationStore;
import dev.proxyherd.store.Room;
import java.util.concurrent.Executor;

/**
 * What all links of one server share.
 *
 * @param room has the store that is taught to neighbours, and compared with theirs
 * @param expiry says what is too old to be taught
 * @param sweeper closes links on which nothing arrives
 * @param sealing says which links are in TLS, and lays it over them
 * @param threads starts a virtual thread for each task
 */
public record LinkContext(
        Room room,
        Expiry expiry,
        TrafficLog log,
        Sweeper sweeper,
        LinkTiming timing,
        Sealing sealing,
        Executor threads) {

    /** What is taught to neighbours, and compared with theirs. */
    LocationStore store() {
        return room.store();
    }

    /** What neighbours are told of how much more this server takes in, and of how much it knows. */
    LinkMessage.Space space() {
        return new LinkMessage.Space(room.free(), store().size());
    }

    /** A thread of a link has met a fault of the program: the link ends, that another may begin. */
    void endByFault(WatchedSocket socket, String thread, Throwable fault) {
        log.faults().survived(thread, fault);
        socket.close("a fault of the program, " + fault);
    }

    /** This server's clock, POSIX nanoseconds. */
    long clockNanos() {
        return Expiry.nanos(expiry.clock().instant());
    }

    /** Why a link ends on which this came in place of a line. */
    static String whyEnded(LineReader.Kind kind) {
        return kind == LineReader.Kind.TOO_LONG
                ? "the neighbour sent a line of more than " + LinkMessage.MAX_LINE + " bytes"
                : "the neighbour closed it";
    }
}
