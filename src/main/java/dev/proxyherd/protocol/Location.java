package dev.proxyherd.protocol;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Where a client was at a time of its own, as the server that heard it wrote it down: what the store holds and what
 * links carry. Immutable; its AT line is kept ready as bytes, so that answering and flooding only copy.
 *
 * <p>Locations of one client are in one total order, {@link #wins}: a last-writer-wins register, whose merge is
 * associative, commutative and idempotent.
 */
public final class Location {
    /** As the time of arrival: the server has read it from its journal, which does not tell. */
    public static final long BEFORE_START = 0;

    /** An ordinary client's ID and line have less together. */
    private static final int ORDINARY_BYTES = 256;

    private static final byte[] AT = Ascii.bytes("AT ");

    private final String client;
    private final long timeNanos;
    private final long arrivedNanos;
    private final long fingerprint;
    private final byte[] line;

    /** Kept, so that no update looks at the line that it replaces, which is in no cache any more. */
    private final int weight;

    private Location(String client, long timeNanos, long arrivedNanos, byte[] line) {
        this(client, timeNanos, arrivedNanos, 0, line, 1 + (client.length() + line.length) / ORDINARY_BYTES);
    }

    private Location(String client, long timeNanos, long arrivedNanos, long fingerprint, byte[] line, int weight) {
        this.client = client;
        this.timeNanos = timeNanos;
        this.arrivedNanos = arrivedNanos;
        this.fingerprint = fingerprint;
        this.line = line;
        this.weight = weight;
    }

    /**
     * What a server writes down when it hears a report.
     *
     * @param server the name of the server that heard it
     * @param clockNanos that server's clock when it read the command, POSIX nanoseconds
     */
    public static Location heard(ServerName server, long clockNanos, Command.IAmAt report) {
        long skew = clockNanos - report.timeNanos();
        byte[] name = server.bytes();
        byte[] tail = report.report();
        int skewEnd = AT.length + name.length + 1 + Skew.length(skew);
        byte[] line = new byte[skewEnd + 1 + tail.length + 1];
        System.arraycopy(AT, 0, line, 0, AT.length);
        System.arraycopy(name, 0, line, AT.length, name.length);
        line[AT.length + name.length] = ' ';
        Skew.write(skew, line, skewEnd);
        line[skewEnd] = ' ';
        System.arraycopy(tail, 0, line, skewEnd + 1, tail.length);
        line[line.length - 1] = '\n';
        return new Location(report.client(), report.timeNanos(), clockNanos, line);
    }

    /**
     * The location in an AT line of six fields with one space between, as a server writes it.
     *
     * @param bytes holds the line at {@code [from, to)}, without its LF; it is copied
     * @param arrivedNanos this server's clock when it read the line, POSIX nanoseconds
     * @return null if that is not an AT line
     */
    public static @Nullable Location parse(byte[] bytes, int from, int to, long arrivedNanos) {
        int server = from + AT.length;
        if (to < server || !Ascii.matches(bytes, from, server, AT)) {
            return null;
        }
        int skew = afterSpace(bytes, ServerName.end(bytes, server, to), to);
        int skewEnd = Skew.end(bytes, skew, to);
        int client = afterSpace(bytes, skewEnd, to);
        int clientEnd = client == Ascii.NONE ? Ascii.NONE : Ascii.fieldEnd(bytes, client, to);
        int position = afterSpace(bytes, clientEnd, to);
        int time = afterSpace(bytes, Position.end(bytes, position, to), to);
        if (clientEnd == client || CommandParser.timeEnd(bytes, time, to) != to) {
            return null;
        }
        byte[] line = Arrays.copyOfRange(bytes, from, to + 1);
        line[line.length - 1] = '\n';
        return new Location(Ascii.string(bytes, client, clientEnd), Decimal.nanos(bytes, time, to), arrivedNanos, line);
    }

    /** Where the field after this end and one space starts, or {@link Ascii#NONE}. */
    private static int afterSpace(byte[] bytes, int end, int to) {
        return end != Ascii.NONE && end < to && bytes[end] == ' ' ? end + 1 : Ascii.NONE;
    }

    /**
     * The one total order on the locations of a client: newest client time, then smallest skew, then smallest server
     * name, then smallest AT line, the last two as unsigned bytes.
     *
     * @return whether {@code a} takes the place of {@code b}; false when they are equal
     */
    public static boolean wins(Location a, Location b) {
        if (a.timeNanos != b.timeNanos) {
            return a.timeNanos > b.timeNanos;
        }
        long skew = a.skewNanos();
        long otherSkew = b.skewNanos();
        if (skew != otherSkew) {
            return skew < otherSkew;
        }
        // The name comes first in the line and ends with a space, which is smaller than any byte of a name: so the
        // order of lines is the order of names wherever the names differ.
        return Arrays.compareUnsigned(a.line, b.line) < 0;
    }

    /** The one of the two that counts; they are locations of the same client. */
    public static Location newest(Location a, Location b) {
        return wins(b, a) ? b : a;
    }

    /**
     * The same, as a store keeps it: with its fingerprint.
     *
     * @param hash makes the fingerprint
     * @param older what the store holds for the client, whose ID's string serves for all; null if nothing
     */
    public Location stored(SipHash hash, @Nullable Location older) {
        return new Location(older == null ? client : older.client, timeNanos, arrivedNanos, hash.of(line), line,
                weight);
    }

    /** The client's ID, a character for each byte (ISO 8859-1). */
    public String client() {
        return client;
    }

    /** The client's POSIX time in nanoseconds. */
    public long timeNanos() {
        return timeNanos;
    }

    /** The clock of the server that heard it less the client's time, in nanoseconds; read from the line anew at each call. */
    public long skewNanos() {
        int skew = nextSpace(AT.length) + 1;
        return Skew.parse(line, skew, nextSpace(skew));
    }

    private int nextSpace(int from) {
        int i = from;
        while (line[i] != ' ') {
            i++;
        }
        return i;
    }

    /** When this server took it in, by its own clock, POSIX nanoseconds, or {@link #BEFORE_START}; it plays no part in the order. */
    public long arrivedNanos() {
        return arrivedNanos;
    }

    /** A 64-bit hash of the AT line with its LF, the same on all servers of a herd; 0 while no store has {@link #stored} it. */
    public long fingerprint() {
        return fingerprint;
    }

    /** The AT line with its LF; not to be changed. */
    public byte[] line() {
        return line;
    }

    /** How many ordinary clients take as much room: one more for every {@value #ORDINARY_BYTES} bytes of ID and line. */
    public int weight() {
        return weight;
    }

    /** Where the client was, read from the line anew at each call. */
    public Position position() {
        int timeSpace = lastSpace(line.length - 1);
        int positionSpace = lastSpace(timeSpace);
        return Position.of(line, positionSpace + 1, timeSpace);
    }

    /** The line's fields as text, read from it anew at each call. */
    public AtFields fields() {
        int skew = nextSpace(AT.length) + 1;
        int time = lastSpace(line.length - 1) + 1;
        int position = lastSpace(time - 1) + 1;
        int longitude = Position.secondSign(line, position, time - 1);
        return new AtFields(Ascii.string(line, AT.length, skew - 1), Ascii.string(line, skew, nextSpace(skew)),
                Ascii.string(line, position, longitude), Ascii.string(line, longitude, time - 1),
                Ascii.string(line, time, line.length - 1));
    }

    private int lastSpace(int before) {
        int i = before - 1;
        while (line[i] != ' ') {
            i--;
        }
        return i;
    }

    /** The AT line without its LF. */
    @Override
    public String toString() {
        return Ascii.string(line, 0, line.length - 1);
    }
}
