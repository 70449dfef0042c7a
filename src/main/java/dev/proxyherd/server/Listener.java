package dev.proxyherd.server;

import dev.proxyherd.topology.ServerAddress;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/** Opens the socket that a server listens on. */
final class Listener {
    private static final int BACKLOG = 4096;

    private Listener() {
    }

    /** @throws IOException if that cannot be; the message names the address */
    static ServerSocket open(ServerAddress address) throws IOException {
        ServerSocket listener = new ServerSocket();
        try {
            // A server that was killed must be able to come back on its address at once.
            listener.setReuseAddress(true);
            listener.bind(new InetSocketAddress(address.host(), address.port()), BACKLOG);
            return listener;
        } catch (BindException e) {
            listener.close();
            throw new IOException("cannot listen on " + address + ": " + e.getMessage()
                    + "; is something else running there? If that is no server of this name, give this one another port, in the topology file or where --listen names this one",
                    e);
        } catch (IOException | RuntimeException e) {
            listener.close();
            throw new IOException("cannot listen on " + address + ": " + e.getMessage(), e);
        }
    }
}
