package dev.proxyherd.io;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/**
 * A socket whose blocking reads and writes have limits that a {@link Sweeper} enforces by closing it.
 *
 * <p>A socket's own time-out bounds reads only, and costs a timer for every read that waits; here a read or a write
 * notes when it must be done, and a look at all sockets a few times a second finds the late ones. One thread may read
 * while another writes; {@link #close(String)} may come from any thread and wakes both.
 *
 * <p>{@link #seal} lays TLS over it. Nothing above knows but by {@link #seal()}, and closing goes on closing the plain socket:
 * TLS's own way waits behind a write that the peer does not take.
 */
public final class WatchedSocket implements AutoCloseable {
    private static final long NO_DEADLINE = Long.MAX_VALUE;

    private final Socket socket;
    private final InputStream plainIn;
    private InputStream in;
    private OutputStream out;
    private @Nullable SSLSocket tls;
    private @Nullable Seal seal;
    private final String peer;
    private final AtomicReference<@Nullable String> closeReason = new AtomicReference<>();

    private volatile long readLimitNanos;
    private volatile long writeLimitNanos;
    private volatile String readLimitReason = "";
    private volatile String writeLimitReason = "";
    private volatile long readDeadline = NO_DEADLINE;
    private volatile long writeDeadline = NO_DEADLINE;
    private volatile String lifeLimitReason = "";
    private volatile long finalDeadline = NO_DEADLINE;
    private int unsentBytes = Integer.MAX_VALUE;
    private int portionsBefore = 1;
    private volatile boolean reading;
    private volatile boolean readingStopped;

    /** Wraps a connected socket; until told otherwise nothing is limited. */
    public WatchedSocket(Socket socket) throws IOException {
        this.socket = socket;
        this.plainIn = socket.getInputStream();
        this.in = plainIn;
        this.out = socket.getOutputStream();
        this.peer = socket.getInetAddress().getHostAddress() + ':' + socket.getPort();
    }

    /**
     * Lays TLS over the socket and shakes hands, on the calling thread and under {@link #limitLife}. Nobody else may read or
     * write before this returns; when it throws, the socket is of no use any more.
     *
     * @param readAlready what has been read of the peer's first record; empty for whoever dials
     */
    public Seal seal(TlsLayer layer, byte[] readAlready) throws IOException {
        reading = true;
        try {
            if (readingStopped) {
                throw new IOException("this server stops");
            }
            SSLSocket over = layer.over(socket, readAlready);
            over.startHandshake();
            in = over.getInputStream();
            out = over.getOutputStream();
            tls = over;
            seal = Seal.of(over.getSession());
            return seal;
        } catch (IOException e) {
            throw new IOException("the TLS handshake failed: " + e.getMessage(), e);
        } finally {
            reading = false;
        }
    }

    /** What the ends showed each other when TLS was laid over the socket; null where it is plain. */
    public @Nullable Seal seal() {
        return seal;
    }

    /** Limits how long one read may wait; {@code reason} tells why the socket was closed then. */
    public void limitReads(Duration limit, String reason) {
        readLimitReason = reason;
        readLimitNanos = limit.toNanos();
    }

    /**
     * Limits how long one write may wait for the peer to make room; zero lifts the limit. Where {@link #boundUnsent} has
     * set a bound, that is the time for so many bytes: a larger write, and the one after it, may wait longer in proportion.
     */
    public void limitWrites(Duration limit, String reason) {
        writeLimitReason = reason;
        writeLimitNanos = limit.toNanos();
    }

    /**
     * Asks the system to hold about so many bytes at most that the peer has not taken yet. A write that waits is woken when
     * a third of them has gone: what the system would choose by itself, some megabytes, a slow reader takes minutes for.
     * For a larger write the bound is raised to its length, so that the system can take it in one piece.
     */
    public void boundUnsent(int bytes) throws IOException {
        socket.setSendBufferSize(bytes);
        unsentBytes = bytes;
    }

    /** Closes the socket after this time with this reason, whatever it does, unless {@link #liftLife} comes first. */
    public void limitLife(Duration limit, String reason) {
        lifeLimitReason = reason;
        finalDeadline = System.nanoTime() + limit.toNanos();
    }

    /** Takes back {@link #limitLife}. */
    public void liftLife() {
        finalDeadline = NO_DEADLINE;
    }

    int read(byte[] buffer, int offset, int length) throws IOException {
        long limit = readLimitNanos;
        readDeadline = limit == 0 ? NO_DEADLINE : System.nanoTime() + limit;
        // Set before it looks whether reading is stopped: who stops it after that look sees that there is a read to wake.
        reading = true;
        try {
            return readingStopped ? -1 : in.read(buffer, offset, length);
        } finally {
            reading = false;
            readDeadline = NO_DEADLINE;
        }
    }

    /** How much can be read without waiting, at least. */
    public int available() throws IOException {
        return in.available();
    }

    /** Whether more has arrived; under TLS that need not be all of a record, so that a read may wait nevertheless. */
    public boolean hasArrived() throws IOException {
        return in.available() > 0 || (tls != null && plainIn.available() > 0);
    }

    void write(byte[] buffer, int offset, int length) throws IOException {
        int portions = Math.ceilDiv(length, unsentBytes);
        // What a larger write left with the system goes first.
        long limit = writeLimitNanos * Math.max(portions, portionsBefore);
        portionsBefore = portions;
        writeDeadline = limit == 0 ? NO_DEADLINE : System.nanoTime() + limit;
        try {
            if (portions > 1) {
                socket.setSendBufferSize(length);
            }
            out.write(buffer, offset, length);
            if (portions > 1) {
                socket.setSendBufferSize(unsentBytes);
            }
        } finally {
            writeDeadline = NO_DEADLINE;
        }
    }

    /** Closes the socket if one of its limits has passed. */
    void sweep(long nowNanos) {
        if (isPast(readDeadline, nowNanos)) {
            close(readLimitReason);
        } else if (isPast(writeDeadline, nowNanos)) {
            close(writeLimitReason);
        } else if (isPast(finalDeadline, nowNanos)) {
            close(lifeLimitReason);
        }
    }

    private static boolean isPast(long deadline, long nowNanos) {
        return deadline != NO_DEADLINE && nowNanos - deadline > 0;
    }

    /** Lets no read begin any more: it looks as if the peer had half-closed, so that what was read is still answered. */
    public void beginNoRead() {
        readingStopped = true;
    }

    /**
     * As {@link #beginNoRead}, and ends the read that waits. The system's input is shut only then: once it is, what
     * arrived unread cannot be discarded by {@link #linger}, and closing would reset the connection.
     */
    public void stopReading() {
        readingStopped = true;
        if (!reading) {
            return;
        }
        try {
            socket.shutdownInput();
        } catch (IOException alreadyClosed) {
            close();
        }
    }

    /** Whether the input's end is our doing. */
    public boolean isReadingStopped() {
        return readingStopped;
    }

    /**
     * Whether the input's end is the peer's word, so that a line without its end is a command: it is neither our doing nor,
     * under TLS, that of somebody who cut the connection. TLS shuts the plain input where no close_notify came before its end.
     */
    public boolean isEndedByPeer() {
        return !readingStopped && (tls == null || !socket.isInputShutdown());
    }

    /**
     * Says that no more will be written, and reads on until the peer has closed too. Closing at once with input unread
     * would reset the connection, and the peer could lose the last answer.
     */
    public void linger(Duration limit) throws IOException {
        limitLife(limit, "the peer did not close in time");
        stopWriting();
        byte[] discarded = new byte[4096];
        int count;
        do {
            // Under TLS, too: what is not looked at need not be deciphered.
            count = plainIn.read(discarded, 0, discarded.length);
        } while (count >= 0);
    }

    /** Tells the peer that no more will be written; reading goes on. */
    public void stopWriting() throws IOException {
        if (tls == null) {
            socket.shutdownOutput();
        } else {
            tls.shutdownOutput();
        }
    }

    /**
     * Tells the peer, before the socket is closed, that all has been written. A plain socket tells by being closed; under TLS
     * that alone could be anybody's doing. TLS tells it by a last record, for which a peer that reads nothing makes no room.
     *
     * @param limit how long that may wait; then the socket is closed
     */
    public void endWriting(Duration limit) throws IOException {
        if (tls != null) {
            limitLife(limit, "the peer did not take the end in time");
            stopWriting();
        }
    }

    /** The peer's address and port, in digits. */
    public String peer() {
        return peer;
    }

    /** The peer's address. */
    public InetAddress peerAddress() {
        return socket.getInetAddress();
    }

    /** The peer's address in digits. */
    public String peerHost() {
        return socket.getInetAddress().getHostAddress();
    }

    /** Closes the socket; the first reason given is the one that counts. Harmless when repeated. */
    public void close(String reason) {
        closeReason.compareAndSet(null, reason);
        close();
    }

    /** Closes the socket without a reason worth telling. */
    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException ignored) {
            // There is nothing left to do for it.
        }
    }

    /** Why the socket was closed, or null when it is open or came to its ordinary end. */
    public @Nullable String closeReason() {
        return closeReason.get();
    }

    /** Why reading or writing failed: whoever closed the socket knows, and then the exception only says that it is closed. */
    public String whyFailed(IOException failure) {
        String reason = closeReason();
        return reason == null ? String.valueOf(failure.getMessage()) : reason;
    }
}
