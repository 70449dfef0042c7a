package dev.proxyherd.protocol;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * SipHash-1-3 with a key (Jean-Philippe Aumasson, Daniel J. Bernstein: SipHash, a fast short-input PRF, 2012): a 64-bit hash
 * that nobody can aim without the key. Immutable.
 */
public final class SipHash {
    private static final VarHandle WORDS =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final int KEY_BYTES = 16;

    private final long key0;
    private final long key1;

    /** @param key its first 16 bytes are the key */
    public SipHash(byte[] key) {
        if (key.length < KEY_BYTES) {
            throw new IllegalArgumentException("a key has " + KEY_BYTES + " bytes, not " + key.length);
        }
        this.key0 = (long) WORDS.get(key, 0);
        this.key1 = (long) WORDS.get(key, Long.BYTES);
    }

    /** The hash for what no other server sees, and no stranger fills. */
    public static SipHash unkeyed() {
        return new SipHash(new byte[KEY_BYTES]);
    }

    /** The hash of bytes. */
    long of(byte[] bytes) {
        return of(bytes, 0, bytes.length);
    }

    /** The hash of the bytes at {@code [from, to)}. */
    long of(byte[] bytes, int from, int to) {
        State state = new State(key0, key1);
        int i = from;
        for (; i + Long.BYTES <= to; i += Long.BYTES) {
            state.add((long) WORDS.get(bytes, i));
        }
        return state.finish((long) (to - from) << (Long.SIZE - Byte.SIZE) | rest(bytes, i, to));
    }

    /** Fewer than eight bytes as a word. One read of eight that end there is quicker than each by itself, where there are eight. */
    private static long rest(byte[] bytes, int from, int to) {
        if (from == to) {
            return 0;
        }
        if (to >= Long.BYTES) {
            return (long) WORDS.get(bytes, to - Long.BYTES) >>> (Byte.SIZE * (Long.BYTES - (to - from)));
        }
        long word = 0;
        for (int i = to - 1; i >= from; i--) {
            word = word << Byte.SIZE | (bytes[i] & 0xFF);
        }
        return word;
    }

    /** The hash of the bytes for which the text has a character each, as client IDs have (ISO 8859-1). */
    public long of(String text) {
        State state = new State(key0, key1);
        int length = text.length();
        int i = 0;
        for (; i + Long.BYTES <= length; i += Long.BYTES) {
            state.add(word(text, i, i + Long.BYTES));
        }
        return state.finish((long) length << (Long.SIZE - Byte.SIZE) | word(text, i, length));
    }

    private static long word(String text, int from, int to) {
        long word = 0;
        for (int i = to - 1; i >= from; i--) {
            word = word << Byte.SIZE | text.charAt(i);
        }
        return word;
    }

    /** The four words that are mixed. One that does not leave a method takes no memory: compilers keep it in registers. */
    private static final class State {
        private long v0;
        private long v1;
        private long v2;
        private long v3;

        State(long key0, long key1) {
            v0 = key0 ^ 0x736F6D6570736575L;
            v1 = key1 ^ 0x646F72616E646F6DL;
            v2 = key0 ^ 0x6C7967656E657261L;
            v3 = key1 ^ 0x7465646279746573L;
        }

        void add(long word) {
            v3 ^= word;
            mix();
            v0 ^= word;
        }

        long finish(long last) {
            add(last);
            v2 ^= 0xFF;
            mix();
            mix();
            mix();
            return v0 ^ v1 ^ v2 ^ v3;
        }

        private void mix() {
            v0 += v1;
            v2 += v3;
            v1 = Long.rotateLeft(v1, 13) ^ v0;
            v3 = Long.rotateLeft(v3, 16) ^ v2;
            v0 = Long.rotateLeft(v0, 32);
            v2 += v1;
            v0 += v3;
            v1 = Long.rotateLeft(v1, 17) ^ v2;
            v3 = Long.rotateLeft(v3, 21) ^ v0;
            v2 = Long.rotateLeft(v2, 32);
        }
    }
}
