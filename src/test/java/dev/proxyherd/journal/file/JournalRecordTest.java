package dev.proxyherd.journal.file;

import static org.assertj.core.api.Assertions.assertThat;

import dev.proxyherd.protocol.Location;
import dev.proxyherd.protocol.RandomLocations;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class JournalRecordTest {
    private static final String LINE = "AT Alford +0.263873386 kiwi +34.068930-118.445127 1400794645.392014450";
    private static final int LONGEST = 9 + 66_560;

    private final Location location = RandomLocations.at(LINE);
    private final CRC32C crc = new CRC32C();

    /** Without its LF. */
    private byte[] record() {
        ByteBuffer to = ByteBuffer.allocate(JournalRecord.length(location));
        JournalRecord.write(location, to, crc);
        assertThat(to.hasRemaining()).isFalse();
        return Arrays.copyOf(to.array(), to.capacity() - 1);
    }

    @Test
    void isTheChecksumInHexadecimalDigitsAndTheLine() {
        crc.update(LINE.getBytes(StandardCharsets.UTF_8));
        assertThat(new String(record(), StandardCharsets.UTF_8))
                .isEqualTo(String.format("%08x %s", crc.getValue(), LINE));
    }

    @Test
    void hasItsOwnChecksumWhateverWasWrittenBefore() {
        byte[] record = record();
        assertThat(record()).isEqualTo(record);
    }

    @Test
    void isReadAsItWasWrittenWhereverItLies() {
        byte[] record = record();
        byte[] around = new byte[record.length + 7];
        System.arraycopy(record, 0, around, 3, record.length);
        assertThat(JournalRecord.parse(around, 3, 3 + record.length, crc, 5)).hasToString(LINE);
    }

    @Test
    void isDamagedByEachBitAndByEachCut() {
        byte[] record = record();
        for (int i = 0; i < record.length; i++) {
            for (int bit = 0; bit < 8; bit++) {
                byte[] other = record.clone();
                other[i] ^= (byte) (1 << bit);
                // Another case of a hexadecimal digit is the same digit.
                boolean same = i < 8 && record[i] >= 'a' && bit == 5;
                assertThat(JournalRecord.parse(other, 0, other.length, crc, 5) != null).as("byte %d, bit %d", i, bit)
                        .isEqualTo(same);
            }
            assertThat(JournalRecord.parse(record, 0, i, crc, 5)).as("cut at %d", i).isNull();
        }
    }

    @Nested
    class ABeginning {
        private boolean isOne(String text) {
            byte[] bytes = ("??" + text + "?").getBytes(StandardCharsets.ISO_8859_1);
            return JournalRecord.isBeginning(bytes, 2, bytes.length - 1);
        }

        @Test
        void isEveryPartFromTheStart() {
            byte[] record = record();
            for (int to = 0; to <= record.length; to++) {
                assertThat(JournalRecord.isBeginning(record, 0, to)).as("to %d", to).isTrue();
            }
        }

        @Test
        void isNothingElse() {
            assertThat(isOne("0123456g")).isFalse();
            assertThat(isOne("012345678")).isFalse();
            assertThat(isOne("01234567-")).isFalse();
            assertThat(isOne("01234567 AZ")).isTrue();
            assertThat(isOne("01234567 @Z")).isFalse();
            assertThat(isOne("01234567 A[")).isFalse();
            assertThat(isOne("01234567 AT\u00ff")).isTrue();
            assertThat(isOne("01234567 AT\n")).isFalse();
            assertThat(isOne("01234567 AT\0")).isFalse();
        }

        @Test
        void isNoLongerThanTheLongestRecord() {
            String head = "01234567 AT";
            assertThat(isOne(head + "x".repeat(LONGEST - head.length()))).isTrue();
            assertThat(isOne(head + "x".repeat(LONGEST - head.length() + 1))).isFalse();
        }
    }

    @Nested
    class Blank {
        private boolean isBlank(String text) {
            byte[] bytes = ('x' + text + 'x').getBytes(StandardCharsets.ISO_8859_1);
            return JournalRecord.isBlank(bytes, 1, bytes.length - 1);
        }

        @Test
        void areZerosAndLineEndsOnly() {
            assertThat(isBlank("")).isTrue();
            assertThat(isBlank("\0\0")).isTrue();
            assertThat(isBlank("\0\n\0\n")).isTrue();
            assertThat(isBlank("\0x\0")).isFalse();
            assertThat(isBlank("\n\1")).isFalse();
        }
    }
}
