package dev.proxyherd.io;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.proxyherd.server.Await;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;

@Timeout(value = 60, threadMode = ThreadMode.SEPARATE_THREAD)
class WatchedSocketTest {
    private static final Duration HOUR = Duration.ofHours(1);

    private SocketPair pair;
    private WatchedSocket socket;

    /** Two sockets as this test is about them. */
    SocketPair newPair() throws IOException {
        return new SocketPair();
    }

    SocketPair pair() {
        return pair;
    }

    @BeforeEach
    void connect() throws IOException {
        pair = newPair();
        socket = pair.watched;
    }

    @AfterEach
    void disconnect() throws IOException {
        pair.close();
    }

    private static long inTwoHours() {
        return System.nanoTime() + HOUR.multipliedBy(2).toNanos();
    }

    CompletableFuture<Integer> reading() {
        return CompletableFuture.supplyAsync(() -> {
            try {
                return socket.read(new byte[10], 0, 10);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }, task -> Thread.ofVirtual().start(task));
    }

    CompletableFuture<Void> writingWithoutEnd() {
        return CompletableFuture.runAsync(() -> {
            try {
                while (true) {
                    socket.write(new byte[1 << 16], 0, 1 << 16);
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }, task -> Thread.ofVirtual().start(task));
    }

    @Nested
    class AReadLimit {
        @BeforeEach
        void limit() {
            socket.limitReads(HOUR, "idle");
        }

        @Test
        void endsAReadThatWaitsLonger() throws Exception {
            CompletableFuture<Integer> read = reading();
            Await.until("the read is found to be late", () -> {
                socket.sweep(System.nanoTime());
                assertThat(socket.closeReason()).as("before its time").isNull();
                socket.sweep(inTwoHours());
                return socket.closeReason() != null;
            });
            assertThat(socket.closeReason()).isEqualTo("idle");
            assertThatThrownBy(read::get).isInstanceOf(ExecutionException.class)
                    .hasRootCauseInstanceOf(IOException.class);
        }

        @Test
        void countsForEachReadAnew() throws Exception {
            pair.say("a");
            assertThat(reading().get()).isEqualTo(1);
            socket.sweep(inTwoHours());
            assertThat(socket.closeReason()).as("nobody reads").isNull();
        }
    }

    @Nested
    class AWriteLimit {
        @Test
        void endsAWriteToAPeerThatNeverReads() throws Exception {
            socket.limitWrites(HOUR, "unread");
            CompletableFuture<Void> writing = writingWithoutEnd();
            Await.until("the write is found to be late", () -> {
                socket.sweep(System.nanoTime());
                assertThat(socket.closeReason()).as("before its time").isNull();
                socket.sweep(inTwoHours());
                return socket.closeReason() != null;
            });
            assertThat(socket.closeReason()).isEqualTo("unread");
            assertThatThrownBy(writing::get).hasRootCauseInstanceOf(IOException.class);
        }

        @Test
        void isLiftedByZero() throws Exception {
            socket.limitWrites(HOUR, "unread");
            socket.limitWrites(Duration.ZERO, null);
            CompletableFuture<Void> writing = writingWithoutEnd();
            Await.until("something is written", () -> pair.peer.getInputStream().read() >= 0);
            socket.sweep(inTwoHours());
            assertThat(socket.closeReason()).isNull();
            socket.close("enough");
            assertThatThrownBy(writing::get).hasRootCauseInstanceOf(IOException.class);
        }
    }

    @Nested
    class ALifeLimit {
        @Test
        void closesTheSocketWhateverItDoes() {
            socket.limitLife(HOUR, "old");
            socket.sweep(System.nanoTime());
            assertThat(socket.closeReason()).isNull();
            socket.sweep(inTwoHours());
            assertThat(socket.closeReason()).isEqualTo("old");
        }

        @Test
        void isLiftedAgain() {
            socket.limitLife(HOUR, "old");
            socket.liftLife();
            socket.sweep(inTwoHours());
            assertThat(socket.closeReason()).isNull();
        }
    }

    @Nested
    class Closing {
        @Test
        void keepsTheFirstReason() {
            assertThat(socket.closeReason()).isNull();
            socket.close("first");
            socket.close("second");
            socket.close();
            assertThat(socket.closeReason()).isEqualTo("first");
        }

        @Test
        void withoutAReasonTellsNone() {
            socket.close();
            assertThat(socket.closeReason()).isNull();
        }

        @Test
        void isWhyWhatFailsThenFails() {
            IOException failure = new IOException("Socket closed");
            assertThat(socket.whyFailed(failure)).isEqualTo("Socket closed");
            socket.close("late");
            assertThat(socket.whyFailed(failure)).isEqualTo("late");
        }

        @Test
        void wakesWhoeverReadsAndWhoeverWrites() throws Exception {
            CompletableFuture<Integer> read = reading();
            CompletableFuture<Void> writing = writingWithoutEnd();
            Await.until("something is written", () -> pair.peer.getInputStream().read() >= 0);
            socket.close("stopping");
            assertThatThrownBy(read::get).hasRootCauseInstanceOf(IOException.class);
            assertThatThrownBy(writing::get).hasRootCauseInstanceOf(IOException.class);
        }
    }

    @Nested
    class StoppingToRead {
        @Test
        void looksLikeTheEndOfTheStreamAndLeavesWritingOpen() throws Exception {
            CompletableFuture<Integer> read = reading();
            assertThat(socket.isReadingStopped()).isFalse();
            socket.stopReading();
            assertThat(read.get()).isEqualTo(-1);
            assertThat(socket.isReadingStopped()).isTrue();
            socket.write(new byte[] {'!'}, 0, 1);
            assertThat(pair.peer.getInputStream().read()).isEqualTo('!');
        }
    }

    @Nested
    class Lingering {
        @Test
        void letsThePeerReadTheLastAnswerThoughItsInputWasNotRead() throws Exception {
            CompletableFuture<String> peer = CompletableFuture.supplyAsync(() -> {
                try {
                    pair.peer.getOutputStream().write(new byte[4 << 20]);
                    String last = new String(pair.peer.getInputStream().readAllBytes(), US_ASCII);
                    pair.peer.close();
                    return last;
                } catch (IOException reset) {
                    throw new UncheckedIOException(reset);
                }
            }, task -> Thread.ofVirtual().start(task));
            byte[] answer = "? too long\n".getBytes(US_ASCII);
            socket.write(answer, 0, answer.length);
            socket.linger(HOUR);
            assertThat(peer.get()).isEqualTo("? too long\n");
            assertThat(socket.closeReason()).isNull();
        }

        @Test
        void endsInTimeThoughThePeerNeverCloses() throws Exception {
            CompletableFuture<Void> lingering = CompletableFuture.runAsync(() -> {
                try {
                    socket.linger(HOUR);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }, task -> Thread.ofVirtual().start(task));
            Await.until("the peer is told that nothing more comes", () -> pair.peer.getInputStream().read() < 0);
            socket.sweep(inTwoHours());
            assertThat(socket.closeReason()).isEqualTo("the peer did not close in time");
            assertThatThrownBy(lingering::get).hasRootCauseInstanceOf(IOException.class);
        }
    }

    @Test
    void namesItsPeerInDigits() {
        assertThat(socket.peerHost()).isEqualTo(pair.peer.getLocalAddress().getHostAddress());
        assertThat(socket.peer()).isEqualTo(socket.peerHost() + ':' + pair.peer.getLocalPort());
    }
}
