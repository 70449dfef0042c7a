package dev.proxyherd.gateway.reports;

import dev.proxyherd.gateway.request.Problem;
import dev.proxyherd.gateway.request.Request;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.concurrent.Semaphore;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * Reads the bodies of reports. Thousands of connections that each sent the longest body allowed would fill the memory, so
 * only some at once may send more than {@value #SHORT_BYTES} bytes: as much as any single report has, and these wait for
 * nobody. A body takes a permit for each {@link HttpLimits#MAX_BODY_BYTES} that it may have.
 */
final class LongBodies {
    /** The longest body of a report: apps send some hundred bytes, or some dozen kilobytes when they catch up. */
    static final int MAX_BODY_BYTES = 256 * 1024;

    /** The longest batch of Overland's: some 600 bytes for a point, of which people let it send 1,000 and more. */
    static final int MAX_BATCH_BYTES = 4 * 1024 * 1024;

    /** How many bodies of {@link #MAX_BODY_BYTES} may be sent at once; a longer one counts as several. */
    static final int MAX_AT_ONCE = 32;

    private static final int SHORT_BYTES = 8 * 1024;
    private static final Pattern LENGTH = Pattern.compile("\\d{1,9}");

    private final Semaphore permits = new Semaphore(MAX_AT_ONCE);

    /**
     * Reads a whole body and hands it on.
     *
     * @param maxBytes the longest that is taken
     * @return what that makes of it
     * @throws Problem with status 413 if it is too long, 503 if there are too many long ones at the moment
     */
    <T> T read(Request request, int maxBytes, Function<byte[], T> taker) {
        InputStream in = request.body();
        // One more than there should be: only who reads to the end lets the connection's next request come without a search for it.
        byte[] start = read(in, (int) Math.min(told(request), SHORT_BYTES) + 1);
        if (start.length <= SHORT_BYTES) {
            return taker.apply(start);
        }
        int taken = permits(request, maxBytes);
        if (!permits.tryAcquire(taken)) {
            throw new Problem(503, "too many long bodies are being sent; try again in some seconds");
        }
        try {
            return taker.apply(whole(start, in, maxBytes));
        } finally {
            permits.release(taken);
        }
    }

    /** How long the body is, as its sender says; where that is not told, as with chunks, it may be any. */
    private static long told(Request request) {
        String length = request.header("Content-Length");
        if (length == null) {
            return request.header("Transfer-Encoding") == null ? 0 : Long.MAX_VALUE;
        }
        return LENGTH.matcher(length).matches() ? Long.parseLong(length) : Long.MAX_VALUE;
    }

    private static int permits(Request request, int maxBytes) {
        long bytes = Math.min(told(request), maxBytes);
        return Math.toIntExact(Math.ceilDiv(Math.max(bytes, 1), MAX_BODY_BYTES));
    }

    private static byte[] whole(byte[] start, InputStream in, int maxBytes) {
        byte[] body = read(new SequenceInputStream(new ByteArrayInputStream(start), in), maxBytes + 1);
        if (body.length > maxBytes) {
            throw new Problem(413,
                    "the body is longer than " + maxBytes + " bytes; let the app send fewer points at once");
        }
        return body;
    }

    private static byte[] read(InputStream in, int most) {
        try {
            return in.readNBytes(most);
        } catch (IndexOutOfBoundsException | IOException e) {
            // The first is what Java's server makes of a chunk's length that it takes for a negative one. Of the second
            // whoever has gone will not read the answer, and who has framed a body badly should.
            throw Problem.bad("the body is not framed as HTTP wants, or ends too early");
        }
    }
}
