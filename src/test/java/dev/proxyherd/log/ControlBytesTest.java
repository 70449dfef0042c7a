package dev.proxyherd.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Control bytes are found wherever they are, and nothing else is taken for one. */
class ControlBytesTest {
    private static boolean isControl(int b) {
        return b < 0x20 || b == 0x7F;
    }

    @Test
    void areFoundAtEveryPlaceOfALine() {
        for (int b = 0; b < 256; b++) {
            for (int at = 0; at < 19; at++) {
                byte[] line = new byte[19];
                Arrays.fill(line, (byte) 0xE9);
                line[at] = (byte) b;
                assertThat(ControlBytes.areIn(line, 0, line.length)).as("byte %d at %d", b, at).isEqualTo(isControl(b));
            }
        }
    }

    @Test
    void areFoundAmongAnyOthers() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int i = 0; i < 100_000; i++) {
            byte[] line = new byte[random.nextInt(30)];
            random.nextBytes(line);
            if (i % 2 == 0) {
                for (int j = 0; j < line.length; j++) {
                    line[j] = isControl(line[j] & 0xFF) ? (byte) 0x80 : line[j];
                }
            }
            int from = random.nextInt(line.length + 1);
            boolean expected = false;
            for (int j = from; j < line.length; j++) {
                expected |= isControl(line[j] & 0xFF);
            }
            assertThat(ControlBytes.areIn(line, from, line.length)).as("%s from %d, seed %d", Arrays.toString(line), from, seed)
                    .isEqualTo(expected);
        }
    }

    @Test
    void outsideOfTheRangeDoNotCount() {
        byte[] line = "\n0123456789\n".getBytes(StandardCharsets.US_ASCII);
        assertThat(ControlBytes.areIn(line, 1, line.length - 1)).isFalse();
        assertThat(ControlBytes.areIn(line, 0, 0)).isFalse();
    }
}
