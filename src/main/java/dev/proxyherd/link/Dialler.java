package dev.proxyherd.link;

import dev.proxyherd.io.HostDial;
import dev.proxyherd.topology.ServerAddress;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Connects to a server by any of its host's addresses, in bounded time. The name is looked up for every dial, for where
 * one has failed it may stand for another address now. Looking it up holds a carrier and cannot be interrupted, so that has
 * a platform thread of its own, one at a time. One thread only.
 */
public final class Dialler {
    private final ServerAddress address;
    private final Duration limit;
    private final HostDial.Names names;
    private FutureTask<List<InetAddress>> lookup;
    private InetAddress used;
    private InetAddress distrusted;

    public Dialler(ServerAddress address, Duration limit) {
        this(address, limit, HostDial.Names.SYSTEM);
    }

    public Dialler(ServerAddress address, Duration limit, HostDial.Names names) {
        this.address = address;
        this.limit = limit;
        this.names = names;
    }

    public HostDial.Dialled dial() throws IOException, InterruptedException {
        used = null;
        HostDial.Dialled dialled = HostDial.dial(address.host(), inOrder(resolve()), address.port(), limit);
        used = dialled.socket().getInetAddress();
        return dialled;
    }

    /** Who answered at the last dial is not the one who is sought: its address comes last in the next. */
    void distrust() {
        distrusted = used;
    }

    /** The server's address, and where that is a name, the one in digits that accepted the last dial, if one did. */
    @Override
    public String toString() {
        return address.isLiteral() || used == null ? address.toString() : address + ", " + HostDial.text(used);
    }

    private List<InetAddress> inOrder(List<InetAddress> found) {
        if (distrusted == null || !found.contains(distrusted)) {
            return found;
        }
        List<InetAddress> order = new ArrayList<>(found);
        order.remove(distrusted);
        order.add(distrusted);
        return order;
    }

    private List<InetAddress> resolve() throws IOException, InterruptedException {
        if (address.isLiteral()) {
            return List.of(InetAddress.getByName(address.host()));
        }
        if (lookup == null) {
            lookup = new FutureTask<>(() -> names.of(address.host()));
            Thread.ofPlatform().daemon().name("lookup-" + address.host()).start(lookup);
        }
        try {
            List<InetAddress> found = lookup.get(limit.toMillis(), TimeUnit.MILLISECONDS);
            lookup = null;
            return found;
        } catch (TimeoutException e) {
            throw new UnknownHostException("looking up " + address.host() + " takes long");
        } catch (ExecutionException e) {
            lookup = null;
            throw new UnknownHostException("no such host: " + address.host());
        }
    }
}
