package dev.proxyherd.link.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.proxyherd.io.LineConnection;
import dev.proxyherd.io.Sweeper;
import dev.proxyherd.io.WatchedSocket;
import dev.proxyherd.link.handshake.Ability;
import dev.proxyherd.link.handshake.Agreement;
import dev.proxyherd.link.handshake.Handshake;
import dev.proxyherd.link.handshake.Secret;
import dev.proxyherd.log.TrafficLog;
import dev.proxyherd.protocol.HelloValues;
import dev.proxyherd.protocol.LinkMessage;
import dev.proxyherd.server.Await;
import dev.proxyherd.server.TestSettings;
import dev.proxyherd.status.LinkStatus;
import dev.proxyherd.store.Expiry;
import dev.proxyherd.store.LocationStore;
import dev.proxyherd.store.Room;
import dev.proxyherd.topology.ServerAddress;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What both links with one neighbour go through. */
class NeighbourTest {
    private static final String ONE_INCARNATION = "1111111111111111" + "0".repeat(16);
    private static final String NEXT_INCARNATION = "2222222222222222" + "0".repeat(16);

    @TempDir
    private Path dir;

    /** Warnings wait until this is counted down. */
    private final CountDownLatch stuck = new CountDownLatch(1);

    private final CountDownLatch warning = new CountDownLatch(1);
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private ServerSocket listener;
    private TrafficLog log;

    @BeforeEach
    void open() throws IOException {
        listener = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
        log = TrafficLog.open(dir.resolve("log"), TrafficLog.LEAST_BYTES, InstantSource.system(), "Alford", text -> {
            warning.countDown();
            try {
                stuck.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    @AfterEach
    void close() throws IOException {
        stuck.countDown();
        threads.shutdownNow();
        listener.close();
        log.close();
    }

    private LinkContext context(Executor threads) {
        return new LinkContext(Room.unlimited(new LocationStore()), new Expiry(Duration.ZERO, InstantSource.system()),
                log,
                new Sweeper(), TestSettings.TIMING, TestSettings.PLAIN, threads);
    }

    private static Agreement agreement(String nonce) {
        return new Agreement(LinkMessage.Role.LINK, "Bolden", nonce, LinkMessage.VERSION,
                Set.of(Ability.RESYNC, Ability.NAMESAKE), HelloValues.NONE);
    }

    private Neighbour neighbour(RandomGenerator random) {
        return neighbour(random, threads);
    }

    private Neighbour neighbour(RandomGenerator random, Executor threads) {
        Handshake handshake =
                new Handshake("Alford", Secret.of("0123456789abcdef".repeat(4)), Duration.ZERO, Duration.ZERO,
                        new SecureRandom());
        return new Neighbour("Bolden", new ServerAddress("127.0.0.1", listener.getLocalPort()), handshake,
                context(threads),
                random);
    }

    @Test
    void isStartedOnceAndAgainOnlyWhereThatFailed() {
        AtomicInteger tries = new AtomicInteger();
        Neighbour bolden = neighbour(new Random(1), task -> {
            if (tries.incrementAndGet() == 1) {
                throw new OutOfMemoryError("unable to create native thread");
            }
        });
        assertThatThrownBy(bolden::start).isInstanceOf(OutOfMemoryError.class);
        bolden.start();
        bolden.start();
        assertThat(tries).hasValue(2);
    }

    @Test
    void isDialledAgainThoughAFaultComesBetweenTwoTries() throws IOException {
        RandomGenerator faulty = new RandomGenerator() {
            private final RandomGenerator sound = new Random(1);
            private boolean failed;

            @Override
            public long nextLong() {
                if (!failed) {
                    failed = true;
                    throw new OutOfMemoryError("Java heap space");
                }
                return sound.nextLong();
            }
        };
        stuck.countDown();
        Neighbour bolden = neighbour(faulty);
        bolden.start();
        listener.setSoTimeout((int) Await.LIMIT.toMillis());
        listener.accept().close();
        try (Socket again = listener.accept()) {
            assertThat(again.isConnected()).isTrue();
        }
        bolden.stop();
        assertThat(log.faults().counts()).containsEntry("link-Bolden-out", 1L);
    }

    /** Else its heartbeats would wait for the log's disk, and who asks for the status would, too. */
    @Test
    void isNotHeldUpWhileAWarningOfTwoServersOfItsNameWaits() throws Exception {
        Neighbour bolden = neighbour(new Random(1));
        NameConflict conflict = bolden.conflict();
        try (Socket dialled = new Socket(listener.getInetAddress(), listener.getLocalPort());
                WatchedSocket watched = new WatchedSocket(listener.accept())) {
            LineConnection connection = LineConnection.over(watched, 100);
            conflict.enter(new IncomingLink(bolden, agreement(ONE_INCARNATION), connection, context(threads)));
            conflict.enter(new IncomingLink(bolden, agreement(NEXT_INCARNATION), connection, context(threads)));
            Thread refusing =
                    Thread.ofVirtual().start(() -> conflict.refusal(ONE_INCARNATION, dialled.getLocalAddress() + ":1"));
            warning.await();
            FutureTask<LinkStatus> asked = new FutureTask<>(bolden::status);
            Thread.ofVirtual().start(asked);
            assertThat(asked.get(Await.LIMIT.toSeconds(), TimeUnit.SECONDS).incoming()).isTrue();
            stuck.countDown();
            Await.end(refusing);
        }
    }
}
