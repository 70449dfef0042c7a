package dev.proxyherd.protocol;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Where a client was at a time of its own, as the server that heard it wrote it down: what the store holds and what
 * links carry. Immutable; its AT line is kept ready as bytes, so that answering and flooding only copy.
 *
 * <p>That a client was forgotten is written down likewise, in a GONE line, which has no position: it takes the place of
 * what was known until then, and is merged, kept and passed on as any other. So all that holds for AT lines below holds
 * for GONE lines too, but where {@link #isGone} is asked.
 *
 * <p>Locations of one client are in one total order, {@link #wins}: a last-writer-wins register, whose merge is
 * associative, commutative and idempotent.
 */
public final class Location {
    /** As the time of arrival: the server has read it from its journal, which does not tell. */
    public static final long BEFORE_START = 0;

    /** An ordinary client's ID and line have less together; queues and indexes hold the ID once more. */
    private static final int ORDINARY_BYTES = 256;

    private static final byte[] AT = Ascii.bytes("AT ");
    private static final byte[] GONE = Ascii.bytes("GONE ");

    /** The newest time that a GONE line may have, in nanoseconds: one past the newest that a client may claim. */
    public static final long MAX_GONE_NANOS = CommandParser.MAX_TIME_SECONDS * 1_000_000_000L + 1;

    /** As servers write a GONE line's time. */
    private static final int FRACTION_DIGITS = 9;

    /** No client's line is longer, so no ID is. */
    private static final int MAX_CLIENT_LENGTH = 65_536;

    private final long timeNanos;
    private final long arrivedNanos;
    private final long fingerprint;
    private final byte[] line;

    /** Negative in a GONE line's, and 0 where there is no more than an ID. */
    private final short weight;

    /** Where the ID is in the line; a space ends it. A string of its own for it would take a fifth more for each client. */
    private final short idStart;

    private Location(long timeNanos, long arrivedNanos, byte[] line, int idStart) {
        this.timeNanos = timeNanos;
        this.arrivedNanos = arrivedNanos;
        this.fingerprint = 0;
        this.line = line;
        this.idStart = (short) idStart;
        int idLength = nextSpace(idStart) - idStart;
        this.weight = (short) ((1 + (idLength + line.length) / ORDINARY_BYTES) * (line[0] == GONE[0] ? -1 : 1));
    }

    private Location(Location same, long fingerprint, int weight) {
        this.timeNanos = same.timeNanos;
        this.arrivedNanos = same.arrivedNanos;
        this.fingerprint = fingerprint;
        this.line = same.line;
        this.weight = (short) weight;
        this.idStart = same.idStart;
    }

    /** An ID alone. */
    private Location(byte[] line) {
        this.timeNanos = 0;
        this.arrivedNanos = 0;
        this.fingerprint = 0;
        this.line = line;
        this.weight = 0;
        this.idStart = 0;
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
        return new Location(report.timeNanos(), clockNanos, line, skewEnd + 1);
    }

    /**
     * What a server writes down when a client is to be forgotten.
     *
     * @param server the name of the server that was told so
     * @param clockNanos that server's clock when it was told, POSIX nanoseconds
     * @param client the client's ID, see {@link #isClient}
     * @param timeNanos what is forgotten: all reports whose client time is not later; POSIX nanoseconds, 0 to
     *     {@link #MAX_GONE_NANOS}
     */
    public static Location gone(ServerName server, long clockNanos, String client, long timeNanos) {
        if (!isClient(client) || timeNanos < 0 || timeNanos > MAX_GONE_NANOS) {
            throw new IllegalArgumentException("no client's ID, or no time: " + client + ", " + timeNanos);
        }
        String head = "GONE " + server + ' ' + Skew.text(clockNanos - timeNanos) + ' ';
        byte[] line = Ascii.bytes(head + client + ' ' + timeText(timeNanos) + '\n');
        return new Location(timeNanos, clockNanos, line, head.length());
    }

    /** Whether that can be a client's ID: characters that each stand for a byte, one at least and no white space. */
    public static boolean isClient(String id) {
        byte[] bytes = Ascii.bytes(id);
        return bytes.length > 0 && bytes.length <= MAX_CLIENT_LENGTH && id.equals(Ascii.string(bytes, 0, bytes.length))
                && Ascii.fieldEnd(bytes, 0, bytes.length) == bytes.length;
    }

    /**
     * The location in an AT line of six fields, or a GONE line of five, with one space between, as a server writes it.
     *
     * @param bytes holds the line at {@code [from, to)}, without its LF; it is copied
     * @param arrivedNanos this server's clock when it read the line, POSIX nanoseconds
     * @return null if that is neither
     */
    public static @Nullable Location parse(byte[] bytes, int from, int to, long arrivedNanos) {
        boolean gone = startsWith(GONE, bytes, from, to);
        if (!gone && !startsWith(AT, bytes, from, to)) {
            return null;
        }
        int server = from + (gone ? GONE : AT).length;
        int skew = afterSpace(bytes, ServerName.end(bytes, server, to), to);
        int skewEnd = Skew.end(bytes, skew, to);
        int client = afterSpace(bytes, skewEnd, to);
        int clientEnd = client == Ascii.NONE ? Ascii.NONE : Ascii.fieldEnd(bytes, client, to);
        int second = afterSpace(bytes, clientEnd, to);
        int time = gone ? second : afterSpace(bytes, Position.end(bytes, second, to), to);
        int timeEnd = gone ? goneTimeEnd(bytes, time, to) : CommandParser.timeEnd(bytes, time, to);
        if (clientEnd == client || timeEnd != to) {
            return null;
        }
        byte[] line = Arrays.copyOfRange(bytes, from, to + 1);
        line[line.length - 1] = '\n';
        return new Location(Decimal.nanos(bytes, time, to), arrivedNanos, line, client - from);
    }

    /** Whether a line begins as an AT line or a GONE line does. */
    static boolean isBeginning(byte[] bytes, int from, int to) {
        return startsWith(AT, bytes, from, to) || startsWith(GONE, bytes, from, to);
    }

    private static boolean startsWith(byte[] word, byte[] bytes, int from, int to) {
        return to - from > word.length && Ascii.matches(bytes, from, from + word.length, word);
    }

    /** A GONE line's time as it is written. */
    static String timeText(long timeNanos) {
        return Skew.text(timeNanos).substring(1);
    }

    /** Where a GONE line's time ends, with its nine fraction digits, or {@link Ascii#NONE}. */
    static int goneTimeEnd(byte[] bytes, int from, int to) {
        int end = Decimal.end(bytes, from, to, CommandParser.MAX_TIME_SECONDS + 1);
        boolean hasNine = end - from > FRACTION_DIGITS + 1 && bytes[end - FRACTION_DIGITS - 1] == '.';
        return hasNine && Decimal.nanos(bytes, from, end) <= MAX_GONE_NANOS ? end : Ascii.NONE;
    }

    /** Where the field after this end and one space starts, or {@link Ascii#NONE}. */
    private static int afterSpace(byte[] bytes, int end, int to) {
        return end != Ascii.NONE && end < to && bytes[end] == ' ' ? end + 1 : Ascii.NONE;
    }

    /**
     * The one total order on the locations of a client: newest client time, then GONE before AT, then smallest skew, then
     * smallest server name, then smallest line, the last two as unsigned bytes.
     *
     * @return whether {@code a} takes the place of {@code b}; false when they are equal
     */
    public static boolean wins(Location a, Location b) {
        if (a.timeNanos != b.timeNanos) {
            return a.timeNanos > b.timeNanos;
        }
        if (a.isGone() != b.isGone()) {
            return a.isGone();
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
     */
    public Location stored(SipHash hash) {
        return new Location(this, hash.of(line), weight);
    }

    /** No location, but the ID of a client, to look for one of the same client. */
    public static Location idOnly(String client) {
        return new Location(Ascii.bytes(client + ' '));
    }

    /** No location any more, but the client's ID. */
    public Location idOnly() {
        return new Location(this, 0, 0);
    }

    /** Whether this is no location, but the ID of a client; nothing but what concerns the ID may be asked then. */
    public boolean isIdOnly() {
        return weight == 0;
    }

    /** A hash of the client's ID that nobody can aim without the key. */
    public long idHash(SipHash hash) {
        return hash.of(line, idStart, nextSpace(idStart));
    }

    /** A hash of the client's ID: quick, and clients can choose IDs of which it is the same. */
    public int idHash() {
        int hash = 0;
        for (int i = idStart; line[i] != ' '; i++) {
            hash = 31 * hash + line[i];
        }
        return hash;
    }

    /** The order of the clients' IDs by their bytes; 0 where the clients are the same. */
    public int compareIds(Location other) {
        byte[] theirs = other.line;
        int i = idStart;
        int j = other.idStart;
        while (line[i] == theirs[j] && line[i] != ' ') {
            i++;
            j++;
        }
        return line[i] - theirs[j];
    }

    /** The client's ID, a character for each byte (ISO 8859-1), read from the line anew at each call. */
    public String client() {
        return Ascii.string(line, idStart, nextSpace(idStart));
    }

    /** Whether the client was forgotten: all is erased that it has reported of a time that is not later than this one's. */
    public boolean isGone() {
        return weight < 0;
    }

    /** The client's POSIX time in nanoseconds. */
    public long timeNanos() {
        return timeNanos;
    }

    /** The clock of the server that heard it less the client's time, in nanoseconds; read from the line anew at each call. */
    public long skewNanos() {
        int skew = nextSpace(serverStart()) + 1;
        return Skew.parse(line, skew, nextSpace(skew));
    }

    /** The name of the server that heard it; read from the line anew at each call. */
    public String server() {
        int start = serverStart();
        return Ascii.string(line, start, nextSpace(start));
    }

    private int serverStart() {
        return (isGone() ? GONE : AT).length;
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

    /** The AT line, or the GONE line, with its LF; not to be changed. */
    public byte[] line() {
        return line;
    }

    /** How many ordinary clients take as much room: one more for every {@value #ORDINARY_BYTES} bytes of ID and line. */
    public int weight() {
        return Math.abs(weight);
    }

    /** Where the client was, read from the line anew at each call; not for one that is {@link #isGone gone}. */
    public Position position() {
        requirePosition();
        int timeSpace = lastSpace(line.length - 1);
        int positionSpace = lastSpace(timeSpace);
        return Position.of(line, positionSpace + 1, timeSpace);
    }

    private void requirePosition() {
        if (isGone()) {
            throw new IllegalStateException("a client that was forgotten is nowhere");
        }
    }

    /** The AT line's fields as text, read from it anew at each call; not for a client that is {@link #isGone gone}. */
    public AtFields fields() {
        requirePosition();
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

    /** The line without its LF. */
    @Override
    public String toString() {
        return Ascii.string(line, 0, line.length - 1);
    }
}
