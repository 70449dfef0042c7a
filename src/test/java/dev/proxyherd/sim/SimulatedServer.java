package dev.proxyherd.sim;

import dev.proxyherd.io.GatheringWriter;
import dev.proxyherd.io.WatchedSocket;
import dev.proxyherd.protocol.Location;
import dev.proxyherd.protocol.SipHash;
import dev.proxyherd.store.Intake;
import dev.proxyherd.store.LocationStore;
import dev.proxyherd.store.Room;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A server of a simulated herd: a store, a processor, and what it teaches each of its neighbours. */
final class SimulatedServer implements Intake {
    /** Is told of what a server learns, when it does. */
    interface Watcher {
        void learned(SimulatedServer server, Location location, @Nullable String from);
    }

    private final int number;
    private final String name;
    private final Room room = Room.unlimited(new LocationStore(SipHash.unkeyed(), null));
    private final Processor processor;
    private final Watcher watcher;
    private final Map<String, SimulatedLink> links = new LinkedHashMap<>();
    private final ByteArrayOutputStream written = new ByteArrayOutputStream();
    private final GatheringWriter out;

    SimulatedServer(int number, VirtualTime time, Watcher watcher) {
        this.number = number;
        this.name = "S" + number;
        this.processor = new Processor(time);
        this.watcher = watcher;
        try {
            this.out = new GatheringWriter(new WatchedSocket(new Recorder(written)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Takes what is written to it for sent. */
    private static final class Recorder extends Socket {
        private final OutputStream sent;

        Recorder(OutputStream sent) {
            this.sent = sent;
        }

        @Override
        public InputStream getInputStream() {
            return InputStream.nullInputStream();
        }

        @Override
        public OutputStream getOutputStream() {
            return sent;
        }

        @Override
        public InetAddress getInetAddress() {
            return InetAddress.getLoopbackAddress();
        }
    }

    /** As a server's own intake does, without a journal: the store first, then all links but the one that it came by. */
    @Override
    public boolean take(Location location, @Nullable String fromNeighbour) {
        if (!room.admits(location, fromNeighbour == null ? Room.Door.REPORT : Room.Door.LINK)) {
            return false;
        }
        Location taken = room.store().take(location);
        if (taken != null) {
            watcher.learned(this, taken, fromNeighbour);
            String client = taken.client();
            links.forEach((neighbour, link) -> {
                if (!neighbour.equals(fromNeighbour)) {
                    link.offer(client, taken);
                }
            });
        }
        return true;
    }

    @Override
    public void settle() {
        // Nothing is kept.
    }

    void teach(SimulatedLink link) {
        links.put(link.to().name(), link);
    }

    /** The link by which it teaches a neighbour. */
    SimulatedLink linkTo(SimulatedServer neighbour) {
        SimulatedLink link = links.get(neighbour.name);
        if (link == null) {
            throw new IllegalArgumentException(name + " is not linked to " + neighbour.name);
        }
        return link;
    }

    /** Where all that it says is written, on any link; {@link #takeWritten} before it turns to another one. */
    GatheringWriter out() {
        return out;
    }

    byte[] takeWritten() {
        try {
            out.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        byte[] bytes = written.toByteArray();
        written.reset();
        return bytes;
    }

    int number() {
        return number;
    }

    String name() {
        return name;
    }

    /** What proves on each link that it is the same process. */
    String nonce() {
        return String.format("%016x", number) + "0".repeat(32);
    }

    Room room() {
        return room;
    }

    LocationStore store() {
        return room.store();
    }

    Processor processor() {
        return processor;
    }
}
