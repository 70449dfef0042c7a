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

    /** U+0080 to U+009F, U+2028 or U+2029, by their bytes, so that it holds among bytes that are no UTF-8, too. */
    private static boolean isControlBeyondAscii(byte[] line, int at) {
        int rest = line.length - at;
        int second = rest > 1 ? line[at + 1] & 0xFF : 0;
        int third = rest > 2 ? line[at + 2] & 0xFF : 0;
        return switch (line[at] & 0xFF) {
            case 0xC2 -> second >= 0x80 && second < 0xA0;
            case 0xE2 -> second == 0x80 && (third == 0xA8 || third == 0xA9);
            default -> false;
        };
    }

    @Test
    void areFoundInUtf8TooAtEveryPlaceOfALine() {
        for (int c = 0x80; c < 0x3000; c++) {
            boolean control = c < 0xA0 || c == 0x2028 || c == 0x2029;
            byte[] utf8 = Character.toString(c).getBytes(StandardCharsets.UTF_8);
            for (int at = 0; at + utf8.length <= 19; at++) {
                byte[] line = new byte[19];
                Arrays.fill(line, (byte) 'x');
                System.arraycopy(utf8, 0, line, at, utf8.length);
                assertThat(ControlBytes.areIn(line, 0, line.length)).as("U+%04X at %d", c, at).isEqualTo(control);
            }
        }
    }

    @Test
    void areNotSeenInHalfOfACharacter() {
        byte[] half = {'x', (byte) 0xC2, (byte) 0xE2, (byte) 0x80, (byte) 0xC2};
        assertThat(ControlBytes.areIn(half, 0, half.length)).isFalse();
        assertThat(ControlBytes.areIn(new byte[] {(byte) 0xC2, (byte) 0x85}, 0, 1)).isFalse();
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
            if (i % 8 == 1 && line.length > 2) {
                // Chance makes these three bytes once in some ten thousand lines only.
                System.arraycopy(new byte[] {(byte) 0xE2, (byte) 0x80, (byte) (0xA7 + random.nextInt(4))}, 0,
                        line, random.nextInt(line.length - 2), 3);
            }
            if (i % 2 == 0) {
                for (int j = 0; j < line.length; j++) {
                    line[j] = isControl(line[j] & 0xFF) || line[j] == (byte) 0xC2 || line[j] == (byte) 0xE2
                            ? (byte) 0x80 : line[j];
                }
            }
            int from = random.nextInt(line.length + 1);
            boolean expected = false;
            for (int j = from; j < line.length; j++) {
                expected |= isControl(line[j] & 0xFF) || isControlBeyondAscii(line, j);
            }
            assertThat(ControlBytes.areIn(line, from, line.length))
                    .as("%s from %d, seed %d", Arrays.toString(line), from, seed)
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
