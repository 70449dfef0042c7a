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
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/**
 * What a link costs in TLS and in plain: so many updates a second at most, and so much processor time for each at either end.
 * Two processes, with the flags of bin/herd: one sends through a link as fast as it can what it merges, the other is a
 * server. Both write their traffic logs. Each way some times, in turn; the medians are printed. {@code src/test/bench/links}
 * runs it.
 */
final class LinkCost {
    private static final int CLIENTS = 100_000;
    private static final int WARMUP = 10 * CLIENTS;
    private static final int MEASURED = 10 * CLIENTS;

    /** Enough that the link never rests, and few enough that no client waits there twice. */
    private static final int MOST_QUEUED = CLIENTS / 4;

    private static final int LOOK_EACH = 256;
    private static final long PAUSE_NANOS = 50_000;
    private static final String TEACHER = "Teacher";
    private static final String LEARNER = "Learner";
    private static final String BEGIN = "begin";
    private static final String END = "end";
    private static final double NANOS_PER_SECOND = 1e9;

    /** What one end has measured between two updates. */
    private record Figures(double seconds, double processorSeconds) {
        static Figures since(long nanos, long processorNanos) {
            return new Figures((System.nanoTime() - nanos) / NANOS_PER_SECOND,
                    (processorNanos() - processorNanos) / NANOS_PER_SECOND);
        }

        static Figures parse(String line) {
            String[] words = line.split(" ");
            return new Figures(Double.parseDouble(words[0]), Double.parseDouble(words[1]));
        }

        @Override
        public String toString() {
            return seconds + " " + processorSeconds;
        }
    }

    private record Run(Figures teacher, Figures learner) {
    }

    private LinkCost() {
    }

    public static void main(String[] args) throws Exception {
        if (args.length > 1) {
            LinkTls mode = LinkTls.valueOf(args[1]);
            int port = Integer.parseInt(args[2]);
            Path dir = Path.of(args[3]);
            System.out.println(args[0].equals(TEACHER) ? teach(mode, port, dir) : learn(mode, port, dir));
            System.exit(0);
        }
        Map<LinkTls, List<Run>> runs = new EnumMap<>(LinkTls.class);
        for (int i = 0; i < Integer.parseInt(args[0]); i++) {
            for (LinkTls mode : List.of(LinkTls.NEVER, LinkTls.ALWAYS)) {
                runs.computeIfAbsent(mode, one -> new ArrayList<>()).add(run(mode));
            }
        }
        runs.forEach(LinkCost::print);
    }

    private static void print(LinkTls mode, List<Run> runs) {
        System.out.printf(Locale.ROOT,
                "%-5s  %,d updates/s, %.2f us of a processor for each where they are sent, %.2f us "
                        + "where they are heard%n",
                mode == LinkTls.NEVER ? "plain" : "TLS",
                Math.round(MEASURED / median(runs.stream().map(run -> run.learner().seconds()))),
                median(runs.stream().map(run -> run.teacher().processorSeconds())) * 1e6 / MEASURED,
                median(runs.stream().map(run -> run.learner().processorSeconds())) * 1e6 / MEASURED);
    }

    private static double median(Stream<Double> values) {
        List<Double> sorted = values.sorted().toList();
        return sorted.get(sorted.size() / 2);
    }

    private static Run run(LinkTls mode) throws IOException, InterruptedException {
        Path dir = Files.createTempDirectory("link-cost");
        try {
            String port = String.valueOf(FreePorts.next());
            Process learner = start(LEARNER, mode, port, dir);
            Process teacher = start(TEACHER, mode, port, dir);
            return new Run(figures(teacher), figures(learner));
        } finally {
            try (Stream<Path> files = Files.walk(dir)) {
                files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
            }
        }
    }

    private static Process start(String end, LinkTls mode, String port, Path dir) throws IOException {
        return new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseParallelGC", "-XX:+UseCompactObjectHeaders", "-Xmx1g", "-cp",
                System.getProperty("java.class.path"), LinkCost.class.getName(), end, mode.name(), port,
                dir.toString()).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    }

    private static Figures figures(Process end) throws IOException, InterruptedException {
        String[] lines = new String(end.getInputStream().readAllBytes(), StandardCharsets.US_ASCII).split("\n");
        end.waitFor();
        return Figures.parse(lines[lines.length - 1]);
    }

    private static long processorNanos() {
        return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime();
    }

    private static Location update(int number) {
        return RandomLocations.at("AT Teacher +0.263873386 client-" + number % CLIENTS
                + ".cs.example.org +34.068930-118.445127 14007946" + (10 + number / CLIENTS) + ".5");
    }

    private static Location mark(String name) {
        return RandomLocations.at("AT Teacher +0.263873386 " + name + " +34-118 1400794600.5");
    }

    /** Its store is equal to the learner's, by the same hashes, so no comparison finds anything. */
    private static Figures teach(LinkTls mode, int port, Path dir) throws Exception {
        List<Location> updates = new ArrayList<>();
        for (int i = 0; i < WARMUP + MEASURED; i++) {
            updates.add(update(i));
        }
        Secret secret = TestSettings.credentials(TestHerd.SECRET).secret();
        TlsSet pair = new TlsSet(SelfSigned.make(TEACHER), null);
        LocationStore store = new LocationStore(new SipHash(secret.derive("locations")), null);
        Sweeper sweeper = new Sweeper();
        try (TrafficLog log = TrafficLog.open(dir.resolve("teacher.log"), 1L << 30, InstantSource.system(), TEACHER,
                warning -> System.err.println(warning))) {
            Links links = new Links(new LinkSettings(TEACHER, Map.of(LEARNER, new ServerAddress("127.0.0.1", port)),
                    secret, new Sealing(mode, () -> pair, InstantSource.system()), LinkTiming.standard(),
                    new SecureRandom()), Room.unlimited(store), new Expiry(Duration.ZERO, InstantSource.system()), log,
                    sweeper, Executors.newVirtualThreadPerTaskExecutor());
            Thread.ofVirtual().start(new Endless("sweeper", log.faults(), sweeper::round));
            links.start();
            while (!links.status().getFirst().up()) {
                LockSupport.parkNanos(PAUSE_NANOS);
            }
            tell(updates.subList(0, WARMUP), store, links);
            tell(List.of(mark(BEGIN)), store, links);
            long began = System.nanoTime();
            long processor = processorNanos();
            tell(updates.subList(WARMUP, updates.size()), store, links);
            tell(List.of(mark(END)), store, links);
            while (links.status().getFirst().queued() > 0) {
                LockSupport.parkNanos(PAUSE_NANOS);
            }
            Figures found = Figures.since(began, processor);
            while (links.status().getFirst().up()) {
                LockSupport.parkNanos(PAUSE_NANOS);
            }
            return found;
        }
    }

    private static void tell(List<Location> updates, LocationStore store, Links links) {
        for (int i = 0; i < updates.size(); i++) {
            while (i % LOOK_EACH == 0 && links.status().getFirst().queued() > MOST_QUEUED) {
                LockSupport.parkNanos(PAUSE_NANOS);
            }
            Location taken = store.take(updates.get(i));
            if (taken != null) {
                links.flood(taken, null);
            }
        }
    }

    private static Figures learn(LinkTls mode, int port, Path dir) throws IOException {
        try (TestHerd herd = new TestHerd(dir, TEACHER).linkTls(mode).timing(LinkTiming.standard()).add(LEARNER, port)
                .link(TEACHER, LEARNER)) {
            LocationStore store = herd.start(LEARNER).store();
            await(store, BEGIN);
            long began = System.nanoTime();
            long processor = processorNanos();
            await(store, END);
            return Figures.since(began, processor);
        }
    }

    private static void await(LocationStore store, String client) {
        while (store.find(client) == null) {
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }
}
