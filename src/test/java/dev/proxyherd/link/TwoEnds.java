package dev.proxyherd.link;

import dev.proxyherd.link.session.LinkTiming;
import dev.proxyherd.server.FakeNeighbour;
import dev.proxyherd.server.FreePorts;
import dev.proxyherd.server.TestHerd;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/** A real server, Alford, whose only neighbour is the test: it listens as Bolden, and beats when it is told to. */
final class TwoEnds implements AutoCloseable {
    private final TestHerd herd;
    private final ServerSocket listener;
    private final ScheduledExecutorService heart = Executors.newSingleThreadScheduledExecutor();

    TwoEnds(Path dir, LinkTiming timing, int receiveBytes) throws IOException {
        listener = new ServerSocket();
        if (receiveBytes > 0) {
            listener.setReceiveBufferSize(receiveBytes);
        }
        listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), FreePorts.next()));
        herd = new TestHerd(dir, "Alford").neighbour("Alford", "Bolden", listener.getLocalPort()).timing(timing);
    }

    TestHerd herd() {
        return herd;
    }

    /** Lets Bolden accept Alford's next call. */
    FakeNeighbour accept() throws IOException {
        return FakeNeighbour.accept(listener, "Bolden");
    }

    /** Lets Bolden accept Alford's next call, of which no question is expected. */
    FakeNeighbour acceptWithoutQuestion() throws IOException {
        return FakeNeighbour.shakeHands(listener, "Bolden");
    }

    /** As {@link #acceptWithoutQuestion}; another nonce stands for another process. */
    FakeNeighbour acceptWithoutQuestion(String nonce) throws IOException {
        return FakeNeighbour.shakeHands(listener, "Bolden", nonce);
    }

    /** Sends a heartbeat ten times a second, until the link is closed. */
    void beat(FakeNeighbour link) {
        ScheduledFuture<?> unused = heart.scheduleAtFixedRate(() -> {
            try {
                link.beat();
            } catch (IOException closed) {
                throw new IllegalStateException(closed);
            }
        }, 0, 100, TimeUnit.MILLISECONDS);
    }

    @Override
    public void close() throws IOException {
        heart.shutdownNow();
        listener.close();
        herd.close();
    }
}
