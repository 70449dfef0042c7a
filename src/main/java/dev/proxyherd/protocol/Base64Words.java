package dev.proxyherd.protocol;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** A list of 64-bit words, written as a space and the base64 (RFC 4648) of their bytes, big-endian; an empty one as nothing. */
final class Base64Words {
    private Base64Words() {
    }

    /** The words in the bytes {@code [from, to)}; null if that is anything else. */
    static long @Nullable [] parse(byte[] line, int from, int to) {
        if (from == to) {
            return new long[0];
        }
        byte[] bytes = line[from] == ' ' ? decode(line, from + 1, to) : null;
        if (bytes == null || bytes.length == 0 || bytes.length % Long.BYTES != 0) {
            return null;
        }
        long[] words = new long[bytes.length / Long.BYTES];
        ByteBuffer.wrap(bytes).asLongBuffer().get(words);
        return words;
    }

    private static byte @Nullable [] decode(byte[] line, int from, int to) {
        try {
            return Base64.getDecoder().decode(Arrays.copyOfRange(line, from, to));
        } catch (IllegalArgumentException isNone) {
            return null;
        }
    }

    /** A line with its LF: the head, and the words. */
    static byte[] line(String head, long... words) {
        if (words.length == 0) {
            return Ascii.bytes(head + '\n');
        }
        ByteBuffer bytes = ByteBuffer.allocate(words.length * Long.BYTES);
        bytes.asLongBuffer().put(words);
        byte[] code = Base64.getEncoder().encode(bytes.array());
        byte[] start = Ascii.bytes(head);
        byte[] line = Arrays.copyOf(start, start.length + 1 + code.length + 1);
        line[start.length] = ' ';
        System.arraycopy(code, 0, line, start.length + 1, code.length);
        line[line.length - 1] = '\n';
        return line;
    }
}
