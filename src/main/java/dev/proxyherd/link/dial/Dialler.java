package dev.proxyherd.link.dial;

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
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Connects to a server by any of its host's addresses, in bounded time. The name is looked up for every dial, for where
 * one has failed it may stand for another address now. Looking it up holds a carrier and cannot be interrupted, so that has
 * a platform thread of its own, one at a time. One thread only.
 */
public final class Dialler {
    private final ServerAddress address;
    private final Duration limit;
    private final HostDial.Names names;
    private final ThreadFactory lookupThreads;
    private @Nullable FutureTask<List<InetAddress>> lookup;
    private @Nullable InetAddress used;
    private @Nullable InetAddress distrusted;

    /** @param limit for looking up the name, and again for connecting */
    public Dialler(ServerAddress address, Duration limit) {
        this(address, limit, HostDial.Names.SYSTEM,
                Thread.ofPlatform().daemon().name("lookup-" + address.host()).factory());
    }

    Dialler(ServerAddress address, Duration limit, HostDial.Names names, ThreadFactory lookupThreads) {
        this.address = address;
        this.limit = limit;
        this.names = names;
        this.lookupThreads = lookupThreads;
    }

    /**
     * Connects to the first address that accepts.
     *
     * @throws IOException if there is no such host, or none of its addresses accepts; the message says why
     */
    public HostDial.Dialled dial() throws IOException, InterruptedException {
        used = null;
        HostDial.Dialled dialled = HostDial.dial(address.host(), inOrder(resolve()), address.port(), limit);
        used = dialled.socket().getInetAddress();
        return dialled;
    }

    /** Whether it is this address that is dialled. */
    public boolean isFor(ServerAddress other) {
        return address.equals(other);
    }

    /** Who answered at the last dial is not the one who is sought: its address comes last in the next. */
    public void distrust() {
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
        FutureTask<List<InetAddress>> task = lookup;
        if (task == null) {
            task = new FutureTask<>(() -> names.of(address.host()));
            // Kept only once it runs: where the system has no thread for it, later dials would wait for it in vain.
            lookupThreads.newThread(task).start();
            lookup = task;
        }
        try {
            List<InetAddress> found = task.get(limit.toMillis(), TimeUnit.MILLISECONDS);
            lookup = null;
            return found;
        } catch (TimeoutException e) {
            throw new UnknownHostException("looking up " + address.host() + " takes long");
        } catch (ExecutionException e) {
            lookup = null;
            throw new UnknownHostException(e.getCause() instanceof UnknownHostException
                    ? "no such host: " + address.host()
                    : "looking up " + address.host() + " failed: " + e.getCause());
        }
    }
}
