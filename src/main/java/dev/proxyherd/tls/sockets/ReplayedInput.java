package dev.proxyherd.tls.sockets;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;

/**
 * What has been read of a socket already, and then all that still comes. The JDK's TLS takes a stream of what was read
 * before the socket's own, closes each when it has ended, and with the socket's its other direction: so this one never gives
 * way to that, and its end is an exception, which TLS takes for an end all the same.
 */
final class ReplayedInput extends InputStream {
    private final byte[] before;
    private final InputStream rest;
    private int position;

    ReplayedInput(byte[] before, InputStream rest) {
        this.before = before;
        this.rest = rest;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        int count = Math.min(before.length - position, length);
        if (count > 0) {
            System.arraycopy(before, position, buffer, offset, count);
            position += count;
            return count;
        }
        count = rest.read(buffer, offset, length);
        if (count < 0) {
            throw new EOFException("the other end closed the connection");
        }
        return count;
    }

    @Override
    public int available() throws IOException {
        return before.length - position + rest.available();
    }
}
