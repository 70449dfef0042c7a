package dev.proxyherd.io;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class LineFeedsTest {
    /** Line feeds, and what looks like one to careless arithmetic on eight bytes at a time. */
    private static final byte[] NEAR =
            {'\n', '\t', 0x0B, (byte) 0x80, (byte) 0x8A, (byte) 0x8B, (byte) 0xFF, 'a', 'a', 'a', 'a'};

    private static int plainly(byte[] bytes, int from, int to) {
        for (int i = from; i < to; i++) {
            if (bytes[i] == '\n') {
                return i;
            }
        }
        return -1;
    }

    @Test
    void areFoundWhereALoopFindsThem() {
        Random random = new Random(1);
        for (int round = 0; round < 2_000; round++) {
            byte[] bytes = new byte[24];
            for (int i = 0; i < bytes.length; i++) {
                bytes[i] = NEAR[random.nextInt(NEAR.length)];
            }
            for (int from = 0; from <= bytes.length; from++) {
                for (int to = from; to <= bytes.length; to++) {
                    assertThat(LineFeeds.indexOf(bytes, from, to)).as("round %d, %d to %d", round, from, to)
                            .isEqualTo(plainly(bytes, from, to));
                }
            }
        }
    }
}
