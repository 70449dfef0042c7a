package dev.proxyherd.protocol;

/** SipHash-c-d written down as the paper describes it, byte by byte: what {@link SipHash} is compared with. */
final class SipModel {
    private SipModel() {
    }

    /**
     * @param c rounds for each word
     * @param d rounds at the end
     */
    static long hash(byte[] key, byte[] message, int c, int d) {
        long k0 = word(key, 0, 8);
        long k1 = word(key, 8, 16);
        long[] v = {k0 ^ 0x736F6D6570736575L, k1 ^ 0x646F72616E646F6DL, k0 ^ 0x6C7967656E657261L,
            k1 ^ 0x7465646279746573L};
        for (int i = 0; i <= message.length / 8; i++) {
            long m = word(message, 8 * i, Math.min(8 * i + 8, message.length));
            if (i == message.length / 8) {
                m |= (long) message.length << 56;
            }
            v[3] ^= m;
            rounds(v, c);
            v[0] ^= m;
        }
        v[2] ^= 0xFF;
        rounds(v, d);
        return v[0] ^ v[1] ^ v[2] ^ v[3];
    }

    private static long word(byte[] bytes, int from, int to) {
        long word = 0;
        for (int i = from; i < to; i++) {
            word |= (bytes[i] & 0xFFL) << (8 * (i - from));
        }
        return word;
    }

    private static void rounds(long[] v, int count) {
        for (int i = 0; i < count; i++) {
            halfRound(v, 0, 1, 2, 3, 13, 16);
            halfRound(v, 2, 1, 0, 3, 17, 21);
        }
    }

    private static void halfRound(long[] v, int a, int b, int c, int d, int left, int right) {
        v[a] += v[b];
        v[c] += v[d];
        v[b] = Long.rotateLeft(v[b], left) ^ v[a];
        v[d] = Long.rotateLeft(v[d], right) ^ v[c];
        v[a] = Long.rotateLeft(v[a], 32);
    }
}
