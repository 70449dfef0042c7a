package dev.proxyherd.link;

import dev.proxyherd.topology.ServerAddress;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Connects to one address, in bounded time. Looking a name up holds a carrier and cannot be interrupted, so it has a
 * platform thread of its own, one at a time. One thread only.
 */
final class Dialler {
    private final ServerAddress address;
    private final Duration limit;
    private FutureTask<InetAddress> lookup;

    Dialler(ServerAddress address, Duration limit) {
        this.address = address;
        this.limit = limit;
    }

    Socket dial() throws IOException, InterruptedException {
        Socket socket = new Socket();
        try {
            socket.setTcpNoDelay(true);
            socket.connect(new InetSocketAddress(resolve(), address.port()), (int) limit.toMillis());
            return socket;
        } catch (IOException | InterruptedException | RuntimeException e) {
            socket.close();
            throw e;
        }
    }

    private InetAddress resolve() throws IOException, InterruptedException {
        if (address.isLiteral()) {
            return InetAddress.getByName(address.host());
        }
        if (lookup == null) {
            lookup = new FutureTask<>(() -> InetAddress.getByName(address.host()));
            Thread.ofPlatform().daemon().name("lookup-" + address.host()).start(lookup);
        }
        try {
            InetAddress found = lookup.get(limit.toMillis(), TimeUnit.MILLISECONDS);
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
