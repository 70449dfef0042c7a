package dev.proxyherd.net;

import static org.assertj.core.api.Assertions.assertThat;

import dev.proxyherd.io.Sweeper;
import dev.proxyherd.log.TrafficLog;
import dev.proxyherd.server.Await;
import dev.proxyherd.server.TestSettings;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The accept loop survives everything. */
class AcceptorTest {
    @TempDir
    private Path dir;

    /** What accepting throws, before it waits until the listener is closed. */
    private static final class Failing extends ServerSocket {
        private final Throwable failure;
        private final int times;
        private final AtomicInteger calls = new AtomicInteger();
        private final CountDownLatch closed = new CountDownLatch(1);

        Failing(Throwable failure, int times) throws IOException {
            this.failure = failure;
            this.times = times;
        }

        @Override
        public Socket accept() throws IOException {
            if (calls.incrementAndGet() <= times) {
                if (failure instanceof IOException expected) {
                    throw expected;
                }
                throw (Error) failure;
            }
            try {
                closed.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            throw new IOException("closed");
        }

        @Override
        public void close() throws IOException {
            super.close();
            closed.countDown();
        }
    }

    private void survives(Throwable failure) throws Exception {
        try (TrafficLog log = TrafficLog.open(dir.resolve("log"), TrafficLog.LEAST_BYTES, InstantSource.system(),
                "Alford", warning -> {}); Failing listener = new Failing(failure, 3)) {
            Acceptor acceptor =
                    new Acceptor(listener, new ClientService(() -> TestSettings.LIMITS, null, null, null, null), log,
                            new Sweeper(), Runnable::run);
            Thread loop = Thread.ofVirtual().start(acceptor);
            Await.until("it accepts again", () -> listener.calls.get() == 4);
            assertThat(loop.isAlive()).isTrue();
            acceptor.stop();
            Await.end(loop);
        }
    }

    @Test
    void aFailure() throws Exception {
        survives(new IOException("Too many open files"));
    }

    @Test
    void aFaultOfTheProgram() throws Exception {
        survives(new OutOfMemoryError("Java heap space"));
    }

    @Test
    void aFaultWhileItTellsOfAFailure() throws Exception {
        survives(new IOException("not shown") {
            private static final long serialVersionUID = 1L;

            @Override
            public String getMessage() {
                throw new OutOfMemoryError("Java heap space");
            }
        });
    }
}
