package dev.proxyherd.protocol;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * A 64-bit hash of bytes, the same on every machine: eight bytes at a time in little-endian order, mixed as MurmurHash3
 * (Austin Appleby, public domain) mixes. It guards against accidents, not against malice; only servers that hold the
 * herd's secret compare fingerprints.
 */
final class Fingerprint {
    private static final VarHandle WORDS =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long FIRST = 0x87C37B91114253D5L;
    private static final long SECOND = 0x4CF5AD432745937FL;

    private Fingerprint() {
    }

    static long of(byte[] bytes) {
        long hash = bytes.length;
        int i = 0;
        for (; i + Long.BYTES <= bytes.length; i += Long.BYTES) {
            hash = mix(hash, (long) WORDS.get(bytes, i));
        }
        long rest = 0;
        for (; i < bytes.length; i++) {
            rest = (rest << Byte.SIZE) | (bytes[i] & 0xFF);
        }
        return finish(mix(hash, rest));
    }

    private static long mix(long hash, long word) {
        long mixed = Long.rotateLeft(word * FIRST, 31) * SECOND;
        return Long.rotateLeft(hash ^ mixed, 27) * 5 + 0x52DCE729;
    }

    private static long finish(long hash) {
        long h = hash;
        h = (h ^ h >>> 33) * 0xFF51AFD7ED558CCDL;
        h = (h ^ h >>> 33) * 0xC4CEB9FE1A85EC53L;
        return h ^ h >>> 33;
    }
}
