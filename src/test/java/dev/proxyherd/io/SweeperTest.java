package dev.proxyherd.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.proxyherd.log.Endless;
import dev.proxyherd.log.Faults;
import dev.proxyherd.server.Await;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;

@Timeout(value = 60, threadMode = ThreadMode.SEPARATE_THREAD)
class SweeperTest {
    private final Sweeper sweeper = new Sweeper();
    private Thread thread;
    private SocketPair pair;

    @BeforeEach
    void start() throws IOException {
        pair = new SocketPair();
        thread = Thread.ofVirtual().start(new Endless("sweeper", new Faults(fault -> {}), sweeper::round));
    }

    @AfterEach
    void stop() throws Exception {
        pair.close();
        thread.interrupt();
        Await.end(thread);
    }

    @Test
    void closesASocketThatIsSilentForTooLong() {
        pair.watched.limitReads(Duration.ofMillis(1), "idle");
        sweeper.watch(pair.watched);
        assertThatThrownBy(() -> pair.watched.read(new byte[1], 0, 1)).isInstanceOf(IOException.class);
        assertThat(pair.watched.closeReason()).isEqualTo("idle");
    }

    @Test
    void closesASocketWhosePeerNeverReads() {
        pair.watched.limitWrites(Duration.ofMillis(1), "unread");
        sweeper.watch(pair.watched);
        GatheringWriter writer = new GatheringWriter(pair.watched);
        assertThatThrownBy(() -> {
            while (true) {
                writer.write(new byte[1 << 20]);
            }
        }).isInstanceOf(IOException.class);
        assertThat(pair.watched.closeReason()).isEqualTo("unread");
    }

    @Test
    void closesASocketWhoseLifeIsOver() throws Exception {
        pair.watched.limitLife(Duration.ZERO, "old");
        sweeper.watch(pair.watched);
        assertThat(pair.peer.getInputStream().read()).isEqualTo(-1);
        Await.until("the reason is told", () -> "old".equals(pair.watched.closeReason()));
    }

    @Test
    void looksAtAForgottenSocketNoMore() throws Exception {
        pair.watched.limitLife(Duration.ZERO, "old");
        sweeper.watch(pair.watched);
        sweeper.forget(pair.watched);
        try (SocketPair other = new SocketPair()) {
            other.watched.limitLife(Duration.ZERO, "old");
            sweeper.watch(other.watched);
            Await.until("a later one is closed", () -> other.watched.closeReason() != null);
        }
        assertThat(pair.watched.closeReason()).isNull();
    }
}
