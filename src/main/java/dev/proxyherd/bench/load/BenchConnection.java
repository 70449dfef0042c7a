package dev.proxyherd.bench.load;

import dev.proxyherd.bench.BenchTarget;
import dev.proxyherd.bench.RequestKind;
import dev.proxyherd.bench.Tally;
import dev.proxyherd.io.HostDial;
import dev.proxyherd.tls.sockets.ClientTls;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.UnknownHostException;
import java.time.Duration;

/** One connection to a server: one thread adds requests and sends them, one reads; they may be the same. */
final class BenchConnection implements Closeable {
    private static final Duration CONNECT_LIMIT = Duration.ofSeconds(5);
    private static final int SMALLEST_BUFFER = 1024;
    private static final int LARGEST_BUFFER = 64 * 1024;

    private final Socket plain;
    private final Socket socket;
    private final InputStream in;
    private final OutputStream out;
    private final Requests requests;
    private final Flight flight;
    private final AnswerScanner scanner;
    private final byte[] received;
    private final byte[] toSend;
    private int toSendBytes;

    private BenchConnection(Socket plain, Socket socket, int depth, Requests requests, Tally tally)
            throws IOException {
        this.plain = plain;
        this.socket = socket;
        this.in = socket.getInputStream();
        this.out = socket.getOutputStream();
        this.requests = requests;
        this.flight = new Flight(depth);
        this.scanner = new AnswerScanner(flight, tally);
        this.received = new byte[Math.clamp((long) depth * Requests.MAX_BYTES, SMALLEST_BUFFER, LARGEST_BUFFER)];
        this.toSend = new byte[depth * Requests.MAX_BYTES];
    }

    /**
     * Connects.
     *
     * @param depth the most requests that will be under way
     * @throws IOException if nobody accepts there within 5 s, or TLS fails
     */
    static BenchConnection open(BenchTarget target, int depth, Requests requests, Tally tally) throws IOException {
        Socket plain = connect(target);
        try {
            return new BenchConnection(plain, sealed(plain, target), depth, requests, tally);
        } catch (IOException e) {
            plain.close();
            throw e;
        }
    }

    private static Socket sealed(Socket plain, BenchTarget target) throws IOException {
        ClientTls tls = target.tls();
        if (tls == null) {
            return plain;
        }
        plain.setSoTimeout((int) CONNECT_LIMIT.toMillis());
        Socket sealed = tls.over(plain, target.address().host(), () -> {});
        plain.setSoTimeout(0);
        return sealed;
    }

    private static Socket connect(BenchTarget target) throws IOException {
        try {
            String host = target.address().host();
            return HostDial.dial(host, HostDial.Names.SYSTEM.of(host), target.address().port(), CONNECT_LIMIT).socket();
        } catch (UnknownHostException e) {
            throw new UnknownHostException("no such host");
        }
    }

    /** Limits how long {@link #read} waits. */
    void limitReads(int millis) throws IOException {
        socket.setSoTimeout(millis);
    }

    /** Adds a request to those that {@link #send} will send; there must be a place under way for it. */
    void add(long dueNanos) {
        RequestKind kind = requests.nextKind();
        toSendBytes = requests.write(kind, toSend, toSendBytes);
        flight.add(kind, dueNanos);
    }

    void send() throws IOException {
        int count = toSendBytes;
        toSendBytes = 0;
        out.write(toSend, 0, count);
    }

    /**
     * Waits for bytes and takes in the answers that end in them.
     *
     * @return how many
     * @throws EOFException if the server has closed the connection
     */
    int read() throws IOException {
        int count = in.read(received);
        if (count < 0) {
            throw new EOFException("the server closed the connection");
        }
        return scanner.scan(received, count, System.nanoTime());
    }

    /** How many requests are under way. */
    int underWay() {
        return flight.size();
    }

    /** Closes the connection beneath TLS, whose own way would wait for a thread that still sends. */
    @Override
    public void close() {
        try {
            plain.close();
        } catch (IOException e) {
            // Nothing more is wanted of it.
        }
    }
}
