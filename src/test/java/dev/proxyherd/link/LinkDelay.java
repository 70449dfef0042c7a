package dev.proxyherd.link;

import com.sun.management.OperatingSystemMXBean;
import dev.proxyherd.io.Sweeper;
import dev.proxyherd.link.handshake.Secret;
import dev.proxyherd.link.seal.LinkTls;
import dev.proxyherd.link.seal.Sealing;
import dev.proxyherd.link.session.LinkTiming;
import dev.proxyherd.log.Endless;
import dev.proxyherd.log.TrafficLog;
import dev.proxyherd.protocol.Location;
import dev.proxyherd.protocol.RandomLocations;
import dev.proxyherd.protocol.SipHash;
import dev.proxyherd.server.FreePorts;
import dev.proxyherd.server.TestHerd;
import dev.proxyherd.server.TestSettings;
import dev.proxyherd.store.Expiry;
import dev.proxyherd.store.LocationStore;
import dev.proxyherd.store.Room;
import dev.proxyherd.tls.SelfSigned;
import dev.proxyherd.tls.TlsSet;
import dev.proxyherd.topology.ServerAddress;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;

/**
 * What an update takes that finds a link idle: the time from one store to the other, and a processor's time at both ends
 * together, less what a loop takes that sends nothing. One process; {@code src/test/bench/links delay} runs it.
 */
final class LinkDelay {
    private static final int UPDATES = 20_000;
    private static final long PAUSE_NANOS = 200_000;
    private static final String TEACHER = "Teacher";
    private static final String LEARNER = "Learner";

    private final LocationStore here;
    private final LocationStore there;
    private final Links links;
    private int told;

    private LinkDelay(LocationStore here, LocationStore there, Links links) {
        this.here = here;
        this.there = there;
        this.links = links;
    }

    public static void main(String[] args) throws Exception {
        Path dir = Files.createTempDirectory("link-delay");
        int port = FreePorts.next();
        Secret secret = TestSettings.credentials(TestHerd.SECRET).secret();
        TlsSet pair = new TlsSet(SelfSigned.make(TEACHER), null);
        LocationStore store = new LocationStore(new SipHash(secret.derive("locations")), null);
        Sweeper sweeper = new Sweeper();
        try (TestHerd herd = new TestHerd(dir, TEACHER).linkTls(LinkTls.NEVER).timing(LinkTiming.standard())
                .add(LEARNER, port).link(TEACHER, LEARNER);
                TrafficLog log = TrafficLog.open(dir.resolve("teacher.log"), 1L << 30, InstantSource.system(), TEACHER,
                        warning -> System.err.println(warning))) {
            LocationStore there = herd.start(LEARNER).store();
            Links links = new Links(new LinkSettings(TEACHER, Map.of(LEARNER, new ServerAddress("127.0.0.1", port)),
                    secret, new Sealing(LinkTls.NEVER, () -> pair, InstantSource.system()), LinkTiming.standard(),
                    new SecureRandom()), Room.unlimited(store), new Expiry(Duration.ZERO, InstantSource.system()), log,
                    sweeper, Executors.newVirtualThreadPerTaskExecutor());
            Thread.ofVirtual().start(new Endless("sweeper", log.faults(), sweeper::round));
            links.start();
            while (!links.status().getFirst().up()) {
                LockSupport.parkNanos(PAUSE_NANOS);
            }
            new LinkDelay(store, there, links).measure();
        }
        System.exit(0);
    }

    private void measure() {
        processorNanos(true);
        for (int round = 0; round < 3; round++) {
            long idle = processorNanos(false);
            long busy = processorNanos(true);
            long[] delays = delays();
            System.out.printf(Locale.ROOT,
                    "%.1f us of a processor at both ends together; %.0f us on the way, p99 %.0f us%n",
                    (busy - idle) / 1e3 / UPDATES, delays[UPDATES / 2] / 1e3, delays[UPDATES / 100 * 99] / 1e3);
        }
    }

    private Location tell() {
        told++;
        Location taken =
                Objects.requireNonNull(here.take(RandomLocations.at("AT Teacher +0.263873386 client-" + told % 1000
                        + ".cs.example.org +34.068930-118.445127 " + (1_400_794_600 + told))));
        links.flood(taken, null);
        return taken;
    }

    private boolean isThere(Location update) {
        Location known = there.find(update);
        return known != null && known.timeNanos() == update.timeNanos();
    }

    private long processorNanos(boolean telling) {
        OperatingSystemMXBean system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        long began = system.getProcessCpuTime();
        for (int i = 0; i < UPDATES; i++) {
            LockSupport.parkNanos(PAUSE_NANOS);
            if (telling) {
                tell();
            }
        }
        return system.getProcessCpuTime() - began;
    }

    private long[] delays() {
        long[] delays = new long[UPDATES];
        for (int i = 0; i < UPDATES; i++) {
            LockSupport.parkNanos(PAUSE_NANOS);
            long began = System.nanoTime();
            Location told = tell();
            while (!isThere(told)) {
                Thread.onSpinWait();
            }
            delays[i] = System.nanoTime() - began;
        }
        Arrays.sort(delays);
        return delays;
    }
}
