package dev.proxyherd.gateway;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;

/**
 * Reads the bodies of reports. Thousands of connections that each sent the longest body allowed would fill the memory, so
 * only some at once may send more than {@value #SHORT_BYTES} bytes: as much as any single report has, and these wait for
 * nobody.
 */
final class LongBodies {
    private static final int SHORT_BYTES = 8 * 1024;

    private final Semaphore places = new Semaphore(HttpLimits.MAX_LONG_BODIES);

    /**
     * Reads a whole body and hands it on.
     *
     * @throws Problem with status 413 if it is too long, 503 if there are too many long ones at the moment
     */
    void read(Request request, Consumer<byte[]> taker) throws IOException {
        InputStream in = request.exchange().getRequestBody();
        byte[] start = read(in, SHORT_BYTES + 1);
        if (start.length <= SHORT_BYTES) {
            taker.accept(start);
            return;
        }
        if (!places.tryAcquire()) {
            throw new Problem(503, "too many long bodies are being sent; try again in some seconds");
        }
        try {
            taker.accept(whole(start, in));
        } finally {
            places.release();
        }
    }

    private static byte[] whole(byte[] start, InputStream in) throws IOException {
        byte[] body = read(new SequenceInputStream(new ByteArrayInputStream(start), in), HttpLimits.MAX_BODY_BYTES + 1);
        if (body.length > HttpLimits.MAX_BODY_BYTES) {
            throw new Problem(413, "the body is longer than " + HttpLimits.MAX_BODY_BYTES + " bytes");
        }
        return body;
    }

    private static byte[] read(InputStream in, int most) throws IOException {
        try {
            return in.readNBytes(most);
        } catch (IndexOutOfBoundsException e) {
            // What Java's server makes of a chunk's length that it takes for a negative one.
            throw Problem.bad("the body is not framed as HTTP wants");
        }
    }
}
