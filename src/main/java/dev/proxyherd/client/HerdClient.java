package dev.proxyherd.client;

import dev.proxyherd.io.HostDial;
import dev.proxyherd.tls.sockets.ClientTls;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A connection to one server. Commands block until they are answered; text travels as UTF-8.
 *
 * <pre>{@code
 * try (HerdClient herd = HerdClient.connect(new InetSocketAddress("127.0.0.1", 12000), Duration.ofSeconds(15))) {
 *     herd.iamat("kiwi.cs.ucla.edu", "+34.068930-118.445127", HerdClient.time(Instant.now()));
 *     String places = herd.whatsat("kiwi.cs.ucla.edu", "10", "5").document();
 * }
 * }</pre>
 */
public final class HerdClient implements AutoCloseable {
    /** Twice what a server takes of a places provider, whose document may be a single line. */
    private static final int LONGEST_LINE = 8 << 20;

    private final InetSocketAddress address;
    private final Duration limit;
    private final Socket plain;
    private final Socket socket;
    private final @Nullable ClientTls tls;
    private final InputStream in;
    private final OutputStream out;
    private volatile boolean askedForCertificate;

    private HerdClient(InetSocketAddress address, Duration limit, Socket plain, @Nullable ClientTls tls)
            throws IOException {
        this.address = address;
        this.limit = limit;
        this.plain = plain;
        this.tls = tls;
        this.socket = tls == null ? plain : inTls(plain, address, tls);
        this.in = new BufferedInputStream(socket.getInputStream());
        this.out = socket.getOutputStream();
    }

    private Socket inTls(Socket over, InetSocketAddress to, ClientTls by) throws TlsFailedException {
        try {
            return by.over(over, to.getHostString(), () -> askedForCertificate = true);
        } catch (IOException e) {
            throw new TlsFailedException(text(to), e);
        }
    }

    /** Why talking failed, in words that help: only a port for neighbours asks who connects for a certificate. */
    public String whyFailed(IOException failure) {
        return askedForCertificate
                ? failure.getMessage()
                        + "; this port serves only neighbours in TLS, and clients in TLS have one of their "
                        + "own, which the server's --listen-tls says"
                : String.valueOf(failure.getMessage());
    }

    /**
     * Connects to a server.
     *
     * @param address an unresolved one is looked up, and all that its host's name stands for are tried in turn
     * @param limit how long connecting, and later each wait for bytes of an answer, may take
     * @throws UnknownHostException if there is no such host
     * @throws TlsFailedException if TLS with whoever accepts there fails
     * @throws IOException if nobody accepts there; the message names the address
     */
    public static HerdClient connect(InetSocketAddress address, Duration limit) throws IOException {
        return connect(address, limit, null, HostDial.Names.SYSTEM);
    }

    /** As {@link #connect(InetSocketAddress, Duration)}, in TLS, to a port that is for that. */
    public static HerdClient connect(InetSocketAddress address, Duration limit, ClientTls tls) throws IOException {
        return connect(address, limit, tls, HostDial.Names.SYSTEM);
    }

    static HerdClient connect(InetSocketAddress address, Duration limit, @Nullable ClientTls tls, HostDial.Names names)
            throws IOException {
        List<InetAddress> found =
                address.isUnresolved() ? names.of(address.getHostString()) : List.of(address.getAddress());
        try {
            return open(address, limit, tls,
                    HostDial.dial(address.getHostString(), found, address.getPort(), limit).socket());
        } catch (TlsFailedException e) {
            throw e;
        } catch (IOException e) {
            throw new IOException(text(address) + ": " + e.getMessage(), e);
        }
    }

    private static HerdClient open(InetSocketAddress address, Duration limit, @Nullable ClientTls tls, Socket socket)
            throws IOException {
        try {
            socket.setSoTimeout((int) Math.min(limit.toMillis(), Integer.MAX_VALUE));
            return new HerdClient(address, limit, socket, tls);
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    private static String text(InetSocketAddress address) {
        String host = address.getHostString();
        return (host.indexOf(':') >= 0 ? '[' + host + ']' : host) + ':' + address.getPort();
    }

    /** The server's host and port, as it was connected to. */
    public String address() {
        return text(address);
    }

    /**
     * Another connection to the same server; this one stays as it is.
     *
     * @throws IOException if nobody accepts there any more
     */
    public HerdClient again() throws IOException {
        return connect(address, limit, tls, HostDial.Names.SYSTEM);
    }

    /** A time as IAMAT takes it: POSIX seconds with nine fraction digits. */
    public static String time(Instant instant) {
        return String.format(Locale.ROOT, "%d.%09d", instant.getEpochSecond(), instant.getNano());
    }

    /** Reports where a client is: {@code IAMAT client position time}. */
    public Answer iamat(String client, String position, String time) throws IOException {
        send("IAMAT " + client + ' ' + position + ' ' + time);
        return new Answer(readFirstLine(), null);
    }

    /** Asks what is near a client: {@code WHATSAT client radius bound}, the radius in kilometres. */
    public Answer whatsat(String client, String radius, String bound) throws IOException {
        send("WHATSAT " + client + ' ' + radius + ' ' + bound);
        String line = readFirstLine();
        return new Answer(line, line.startsWith("?") ? null : readDocument());
    }

    /** Sends one line as it is and waits for nothing. */
    public void send(String line) throws IOException {
        out.write((line + '\n').getBytes(StandardCharsets.UTF_8));
    }

    /** Where raw bytes can be written that are no single line. */
    public OutputStream output() {
        return out;
    }

    /** Where answers come from. */
    public InputStream input() {
        return in;
    }

    /** Says that no more commands will come; answers can still be read. */
    public void finish() throws IOException {
        socket.shutdownOutput();
    }

    private String readFirstLine() throws IOException {
        String line = readLine();
        if (!line.startsWith("AT ") && !line.startsWith("? ")) {
            throw notAServer();
        }
        return line;
    }

    private static IOException notAServer() {
        return new IOException("what answers there is not a herd server");
    }

    /** Reads one line of an answer, without its LF. */
    public String readLine() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int b = read(); b != '\n'; b = read()) {
            if (line.size() == LONGEST_LINE) {
                throw notAServer();
            }
            line.write(b);
        }
        return line.toString(StandardCharsets.UTF_8);
    }

    /** Reads up to the blank line that ends a places document; there is none inside it. */
    private String readDocument() throws IOException {
        StringBuilder document = new StringBuilder();
        for (String line = readLine(); !line.isEmpty(); line = readLine()) {
            document.append(document.isEmpty() ? "" : "\n").append(line);
        }
        return document.toString();
    }

    private int read() throws IOException {
        int b = in.read();
        if (b < 0) {
            throw new EOFException("the server closed the connection");
        }
        return b;
    }

    /** Closes the connection beneath TLS, whose own way would wait for a thread that still sends. */
    @Override
    public void close() throws IOException {
        plain.close();
    }
}
