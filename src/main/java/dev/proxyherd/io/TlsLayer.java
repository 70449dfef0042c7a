package dev.proxyherd.io;

import java.io.IOException;
import java.net.Socket;
import javax.net.ssl.SSLSocket;

/** How TLS is laid over a connected socket. */
@FunctionalInterface
public interface TlsLayer {
    /**
     * Lays TLS over a socket, which it leaves to the caller to close; nothing is sent yet.
     *
     * @param readAlready what has been read of the peer's first record
     */
    SSLSocket over(Socket plain, byte[] readAlready) throws IOException;
}
