package dev.proxyherd.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.proxyherd.server.Await;
import dev.proxyherd.tls.SelfSigned;
import dev.proxyherd.tls.sockets.TlsContexts;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What holds for a plain socket holds in TLS, too; and what TLS adds. */
class SealedSocketTest extends WatchedSocketTest {
    @Override
    SocketPair newPair() throws IOException {
        return SocketPair.inTls();
    }

    private SSLSocket peer() {
        return (SSLSocket) pair().peer;
    }

    @Nested
    class InTls {
        @Test
        void closingFromAnotherThreadDoesNotWaitBehindAWriterThatIsStuck() throws Exception {
            CompletableFuture<Void> writing = writingWithoutEnd();
            Await.until("something is written", () -> pair().peer.getInputStream().read() >= 0);
            Await.until("the writer is stuck", this::isStuck);
            long start = System.nanoTime();
            pair().watched.close("stopping");
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(1));
            assertThatThrownBy(writing::get).hasRootCauseInstanceOf(IOException.class);
        }

        private boolean isStuck() throws InterruptedException {
            int before = pair().writes().size();
            Thread.yield();
            java.util.concurrent.TimeUnit.MILLISECONDS.sleep(50);
            return pair().writes().size() == before;
        }

        @Test
        void thePeersHalfCloseLeavesWritingOpen() throws Exception {
            peer().shutdownOutput();
            assertThat(reading().get()).isEqualTo(-1);
            assertThat(pair().watched.isEndedByPeer()).isTrue();
            pair().watched.write(new byte[] {'!'}, 0, 1);
            pair().watched.endWriting(Duration.ofMinutes(1));
            assertThat(peer().getInputStream().readAllBytes()).containsExactly('!');
        }

        @Test
        void aPeerThatDoesNotTakeTheEndIsClosedInTime() throws Exception {
            pair().fillBeneath();
            Await.until("something is written", () -> !pair().writes().isEmpty());
            Await.until("the system takes no more", this::isStuck);
            Sweeper sweeper = new Sweeper();
            sweeper.watch(pair().watched);
            CompletableFuture<Void> ending = CompletableFuture.runAsync(
                    () -> assertThatThrownBy(() -> pair().watched.endWriting(Duration.ofMillis(200)))
                            .isInstanceOf(IOException.class),
                    task -> Thread.ofVirtual().start(task));
            Await.until("it has given up", () -> {
                sweeper.round();
                return ending.isDone();
            });
            ending.get();
            assertThat(pair().watched.closeReason()).isEqualTo("the peer did not take the end in time");
        }

        @Test
        void ourHalfCloseLeavesReadingOpen() throws Exception {
            pair().watched.stopWriting();
            assertThat(peer().getInputStream().read()).isEqualTo(-1);
            pair().say("a");
            assertThat(reading().get()).isEqualTo(1);
            assertThat(pair().watched.isEndedByPeer()).as("while it goes on").isTrue();
        }

        @Test
        void anEndThatSomebodyElseMadeIsNotThePeers() throws Exception {
            pair().cut();
            assertThat(reading().get()).isEqualTo(-1);
            assertThat(pair().watched.isEndedByPeer()).isFalse();
        }

        @Test
        void whatIsGatheredIsOneRecord() throws Exception {
            GatheringWriter writer = new GatheringWriter(pair().watched);
            for (int i = 0; i < 200; i++) {
                writer.write(new byte[70]);
            }
            writer.flush();
            assertThat(pair().writes()).singleElement().satisfies(size -> assertThat(size).isBetween(14_000, 14_100));
            pair().writes().clear();
            writer.write(new byte[GatheringWriter.FLUSH_AT]);
            assertThat(pair().writes()).as("a full buffer").singleElement()
                    .satisfies(size -> assertThat(size).isGreaterThan(GatheringWriter.FLUSH_AT));
        }

        @Test
        void noSessionIsResumedThoughThePeerWouldLike() throws Exception {
            SSLContext client = SocketPair.trusting();
            int first = SocketPair.bytesOfHandshake(client);
            assertThat(SocketPair.bytesOfHandshake(client)).as("the acceptor's, where it shows its certificate again")
                    .isBetween(first - 20, first + 20);
        }

        @Test
        void bothEndsHaveSeenTheSameCertificates() {
            assertThat(pair().watched.seal().ownHash()).matches("[0-9a-f]{64}");
            assertThat(pair().watched.seal().peerHash()).isEqualTo("-");
        }

        @Test
        void anOlderVersionIsNotSpoken() throws Exception {
            try (SocketPair plain = new SocketPair()) {
                SSLSocket old = TlsContexts.dialling(null).over(plain.peer, new byte[0]);
                old.setEnabledProtocols(new String[] {"TLSv1.2"});
                CompletableFuture<Void> dialling = CompletableFuture.runAsync(
                        () -> assertThatThrownBy(old::startHandshake).hasMessageContaining("protocol_version"));
                assertThatThrownBy(() -> plain.watched
                        .seal(TlsContexts.accepting(SelfSigned.make("near"), false), new byte[0]))
                        .isInstanceOf(IOException.class).hasMessageStartingWith("the TLS handshake failed: ");
                dialling.get();
            }
        }
    }
}
