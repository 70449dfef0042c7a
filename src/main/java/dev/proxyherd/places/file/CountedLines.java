package dev.proxyherd.places.file;

import java.io.IOException;
import java.io.Reader;
import org.jspecify.annotations.Nullable;

/**
 * A reader that gives at most one line a call and counts them, so that whoever reads through it knows in which line the
 * text stands that it has just been given. For one thread.
 */
final class CountedLines extends Reader {
    private final Reader in;
    private final char[] buffer = new char[8192];
    private int next;
    private int end;
    private long newlines;
    private boolean lineEnded;

    CountedLines(Reader in) {
        this.in = in;
    }

    /** The number of the line that the last text given belongs to, the first being 1. */
    long line() {
        return lineEnded ? newlines : newlines + 1;
    }

    @Override
    public int read(char[] to, int offset, int length) throws IOException {
        if (next == end) {
            next = 0;
            end = Math.max(0, in.read(buffer, 0, buffer.length));
            if (end == 0) {
                return -1;
            }
        }
        int count = 0;
        lineEnded = false;
        while (count < length && next < end && !lineEnded) {
            char c = buffer[next++];
            to[offset + count++] = c;
            lineEnded = c == '\n';
        }
        newlines += lineEnded ? 1 : 0;
        return count;
    }

    /** The next line without its end; null after the last. One that is longer comes cut to that many characters and one. */
    @Nullable
    String nextLine(int maxLength) throws IOException {
        StringBuilder line = new StringBuilder();
        char[] part = new char[1024];
        int read;
        do {
            read = read(part, 0, part.length);
            if (read > 0) {
                line.append(part, 0, Math.min(read, maxLength + 2 - Math.min(line.length(), maxLength + 2)));
            }
        } while (read >= 0 && !lineEnded);
        if (read < 0 && line.isEmpty()) {
            return null;
        }
        int length = line.length();
        length -= length > 0 && line.charAt(length - 1) == '\n' ? 1 : 0;
        length -= length > 0 && line.charAt(length - 1) == '\r' ? 1 : 0;
        return line.substring(0, Math.min(length, maxLength + 1));
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
