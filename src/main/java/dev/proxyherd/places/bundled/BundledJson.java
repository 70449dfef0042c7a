package dev.proxyherd.places.bundled;

import dev.proxyherd.geo.Grid;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * JSON being written, as UTF-8. What never changes comes as ready bytes: a document is put together a thousand times more
 * often than its shape changes. For one thread.
 */
public final class BundledJson {
    private static final int LONGEST_NUMBER = 12;

    private byte[] bytes;
    private int length;

    BundledJson(int expectedLength) {
        bytes = new byte[expectedLength];
    }

    public static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    BundledJson raw(byte[] ready) {
        return raw(ready, 0, ready.length);
    }

    BundledJson raw(byte[] ready, int from, int to) {
        reserve(to - from);
        System.arraycopy(ready, from, bytes, length, to - from);
        length += to - from;
        return this;
    }

    /**
     * The inside of a string, escaped as Google does: no angle brackets, so that the document may stand in an HTML page;
     * what is not ASCII stays as it is.
     */
    BundledJson text(byte[] utf8, int from, int to) {
        reserve(6 * (to - from));
        for (int i = from; i < to; i++) {
            byte b = utf8[i];
            if (b == '"' || b == '\\') {
                bytes[length++] = '\\';
                bytes[length++] = b;
            } else if ((b >= 0 && b < ' ') || b == '<' || b == '>') {
                escape(b);
            } else {
                bytes[length++] = b;
            }
        }
        return this;
    }

    BundledJson text(PlaceTexts texts, int text) {
        return text(texts.bytes(), texts.start(text), texts.end(text));
    }

    /** Hundred-thousandths as a plain decimal without needless zeros: 3406893 is {@code 34.06893}. */
    BundledJson degrees(int units) {
        reserve(LONGEST_NUMBER);
        if (units < 0) {
            bytes[length++] = '-';
        }
        int magnitude = Math.abs(units);
        number(magnitude / Grid.PER_DEGREE);
        int fraction = magnitude % Grid.PER_DEGREE;
        if (fraction != 0) {
            bytes[length++] = '.';
        }
        for (int weight = Grid.PER_DEGREE / 10; fraction != 0; weight /= 10) {
            bytes[length++] = (byte) ('0' + fraction / weight);
            fraction %= weight;
        }
        return this;
    }

    BundledJson number(int notNegative) {
        reserve(LONGEST_NUMBER);
        int digits = 1;
        for (int rest = notNegative / 10; rest > 0; rest /= 10) {
            digits++;
        }
        length += digits;
        int at = length;
        for (int rest = notNegative; digits > 0; digits--, rest /= 10) {
            bytes[--at] = (byte) ('0' + rest % 10);
        }
        return this;
    }

    /** How many bytes have been written. */
    int length() {
        return length;
    }

    byte[] toBytes() {
        return Arrays.copyOf(bytes, length);
    }

    private void escape(byte b) {
        bytes[length++] = '\\';
        bytes[length++] = 'u';
        bytes[length++] = '0';
        bytes[length++] = '0';
        bytes[length++] = (byte) Character.forDigit(b >> 4, 16);
        bytes[length++] = (byte) Character.forDigit(b & 15, 16);
    }

    private void reserve(int more) {
        if (bytes.length - length < more) {
            bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, length + more));
        }
    }
}
