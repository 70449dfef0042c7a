package dev.proxyherd.bench.load;

import dev.proxyherd.bench.BenchPlan;
import dev.proxyherd.bench.RequestKind;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;

/**
 * Writes one connection's requests: the kinds in an even mix, client IDs in turn, client times that only ever grow.
 * Together the connections go through all IDs. One thread only.
 */
final class Requests {
    /** More bytes than any request has. */
    static final int MAX_BYTES = 128;

    private static final long NANOS_PER_SECOND = 1_000_000_000L;
    private static final int ID_DIGITS = 8;
    private static final byte[][] PLACES = {
        ascii(" +51.507351-000.127758 "), ascii(" +34.068930-118.445127 "), ascii(" +40.712776-074.005974 "),
        ascii(" -33.868820+151.209290 "), ascii(" +35.689487+139.691711 "), ascii(" -22.906847-043.172897 "),
        ascii(" +48.856613+002.352222 "), ascii(" +28.613939+077.209023 ")};
    private static final byte[] IAMAT = ascii("IAMAT bench-");
    private static final byte[] WHATSAT = ascii("WHATSAT bench-");

    private final int whatsatPercent;
    private final int clients;
    private final int step;
    private final byte[] whatsatTail;
    private final InstantSource clock;
    private int client;
    private int share;
    private long lastNanos;

    /** @param connection the connection's number, from 0 */
    Requests(BenchPlan plan, int connection, InstantSource clock) {
        this(plan, connection, plan.connections(), plan.whatsatPercent(), clock);
    }

    private Requests(BenchPlan plan, int first, int step, int whatsatPercent, InstantSource clock) {
        this.whatsatPercent = whatsatPercent;
        this.clients = plan.clients();
        this.step = step;
        this.whatsatTail = ascii(" " + plan.radiusKm().toPlainString() + ' ' + plan.bound() + '\n');
        this.clock = clock;
        this.client = first % clients;
        // Each connection starts elsewhere in the mix, else all would ask at the same time. 37 has no factor of 100.
        this.share = (int) (first * 37L % 100);
    }

    /** One IAMAT for each client ID. */
    static Requests priming(BenchPlan plan, InstantSource clock) {
        return new Requests(plan, 0, 1, 0, clock);
    }

    /** The kind of the next request; each call is for another request. */
    RequestKind nextKind() {
        share += whatsatPercent;
        if (share >= 100) {
            share -= 100;
            return RequestKind.WHATSAT;
        }
        return RequestKind.IAMAT;
    }

    /**
     * Writes a request about the next client ID.
     *
     * @param to has {@link #MAX_BYTES} of room from {@code at}
     * @return one past the last byte
     */
    int write(RequestKind kind, byte[] to, int at) {
        int id = client;
        client = (int) (((long) client + step) % clients);
        boolean isReport = kind == RequestKind.IAMAT;
        int end = put(isReport ? IAMAT : WHATSAT, to, at) + ID_DIGITS;
        putDigits(id, to, end, ID_DIGITS);
        if (!isReport) {
            return put(whatsatTail, to, end);
        }
        end = put(PLACES[id % PLACES.length], to, end);
        return putTime(to, end);
    }

    private int putTime(byte[] to, int at) {
        Instant now = clock.instant();
        lastNanos = Math.max(lastNanos + 1, now.getEpochSecond() * NANOS_PER_SECOND + now.getNano());
        putDigits(lastNanos / NANOS_PER_SECOND, to, at + 10, 10);
        to[at + 10] = '.';
        putDigits(lastNanos % NANOS_PER_SECOND, to, at + 20, 9);
        to[at + 20] = '\n';
        return at + 21;
    }

    private static int put(byte[] from, byte[] to, int at) {
        System.arraycopy(from, 0, to, at, from.length);
        return at + from.length;
    }

    private static void putDigits(long number, byte[] to, int end, int digits) {
        long rest = number;
        for (int i = 1; i <= digits; i++) {
            to[end - i] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
