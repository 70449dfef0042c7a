package dev.proxyherd.io;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;

@Timeout(value = 60, threadMode = ThreadMode.SEPARATE_THREAD)
class GatheringWriterTest {
    private SocketPair pair;
    private GatheringWriter writer;

    @BeforeEach
    void connect() throws IOException {
        pair = new SocketPair();
        writer = new GatheringWriter(pair.watched);
    }

    @AfterEach
    void disconnect() throws IOException {
        pair.close();
    }

    private CompletableFuture<byte[]> received() {
        return CompletableFuture.supplyAsync(() -> {
            try {
                return pair.peer.getInputStream().readAllBytes();
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        });
    }

    @Test
    void writesNothingBeforeItIsFlushedAndThenAllInOneGo() throws Exception {
        assertThat(writer.room()).isEqualTo(GatheringWriter.FLUSH_AT);
        writer.write(new byte[] {'a', 'b'});
        writer.write(new byte[] {'x', 'c', 'd', 'x'}, 1, 2);
        assertThat(writer.room()).isEqualTo(GatheringWriter.FLUSH_AT - 4);
        assertThat(pair.writes()).isEmpty();
        writer.flush();
        assertThat(writer.room()).isEqualTo(GatheringWriter.FLUSH_AT);
        assertThat(pair.writes()).containsExactly(4);
        assertThat(pair.peer.getInputStream().readNBytes(4)).asString().isEqualTo("abcd");
    }

    @Test
    void flushesNothingWhenThereIsNothing() throws IOException {
        writer.flush();
        writer.write(new byte[0]);
        writer.flush();
        assertThat(pair.writes()).isEmpty();
    }

    @Test
    void writesOfItselfWhenAFullBufferHasComeTogether() throws IOException {
        writer.write(new byte[GatheringWriter.FLUSH_AT - 1]);
        assertThat(pair.writes()).isEmpty();
        writer.write(new byte[3]);
        assertThat(pair.writes()).containsExactly(GatheringWriter.FLUSH_AT);
        writer.flush();
        assertThat(pair.writes()).containsExactly(GatheringWriter.FLUSH_AT, 2);
    }

    @Test
    void neverHoldsMoreThanAFullBuffer() throws Exception {
        CompletableFuture<byte[]> received = received();
        writer.write(new byte[64 * GatheringWriter.FLUSH_AT]);
        assertThat(pair.writes()).hasSize(64).containsOnly(GatheringWriter.FLUSH_AT);
        assertThat(writer.room()).isEqualTo(GatheringWriter.FLUSH_AT);
        pair.watched.stopWriting();
        assertThat(received.get()).hasSize(64 * GatheringWriter.FLUSH_AT);
    }

    @Test
    void writesPartsThatBelongTogetherInOneGoUpTo128Kibibytes() throws Exception {
        CompletableFuture<byte[]> received = received();
        writer.write(new byte[] {'a', 'b'});
        writer.writeAtOnce(new byte[] {'c'}, new byte[120_000], new byte[] {'d', 'e'});
        writer.writeAtOnce(new byte[128 * 1024 - 1], new byte[] {'f'});
        writer.writeAtOnce(new byte[0]);
        assertThat(pair.writes()).containsExactly(2, 120_003, 128 * 1024);
        assertThat(writer.room()).isEqualTo(GatheringWriter.FLUSH_AT);
        pair.watched.stopWriting();
        byte[] all = received.get();
        assertThat(all).hasSize(2 + 120_003 + 128 * 1024).startsWith('a', 'b', 'c', 0).endsWith(0, 'f');
        assertThat(all[120_003]).isEqualTo((byte) 'd');
    }

    @Test
    void writesWhatIsLargerInTheFewestPieces() throws Exception {
        CompletableFuture<byte[]> received = received();
        writer.writeAtOnce(new byte[100_000], new byte[200_000], new byte[] {'z'});
        assertThat(pair.writes()).containsExactly(128 * 1024, 128 * 1024, 300_001 - 256 * 1024);
        pair.watched.stopWriting();
        assertThat(received.get()).hasSize(300_001).endsWith(0, 'z');
    }

    @Test
    void keepsTheOrderOfAllBytesWhateverTheirPortions() throws Exception {
        CompletableFuture<byte[]> received = received();
        ByteArrayOutputStream expected = new ByteArrayOutputStream();
        Random random = new Random(7);
        for (int i = 0; i < 3_000; i++) {
            byte[] portion = new byte[random.nextInt(20) == 0 ? random.nextInt(40_000) : random.nextInt(200)];
            random.nextBytes(portion);
            writer.write(portion);
            expected.write(portion);
            if (random.nextInt(10) == 0) {
                writer.flush();
            }
        }
        writer.flush();
        pair.watched.stopWriting();
        assertThat(received.get()).as("seed 7").isEqualTo(expected.toByteArray());
        assertThat(pair.writes()).as("seed 7").allMatch(length -> length > 0 && length <= GatheringWriter.FLUSH_AT);
    }
}
