package dev.proxyherd.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.proxyherd.journal.FsyncPolicy;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Five servers whose clocks differ, under load, in random histories of faults: soon after the last fault is healed all know
 * the same, nothing that was acknowledged is lost, and each crossing of a fence was told by the server that heard it, once and in
 * order. Longer: {@code mvn -Pchaos test -Dchaos.rounds=1000}, with
 * {@code -Dchaos.seed=N} to begin with the seed that a failure has named.
 */
class ChaosTest {
    private static final int STEPS = 25;
    private static final int CLIENTS = 500;

    /** How many clients are seen to cross at the end, whatever has become of them before. */
    private static final int CROSSING = 25;

    private static final long STEP_NANOS = 60_000_000;

    /** The longest that agreeing may take once all is healed. */
    private static final Duration LIMIT = Duration.ofSeconds(20);

    @TempDir
    private Path dir;

    static List<Long> seeds() {
        long first = Long.getLong("chaos.seed", System.nanoTime());
        return IntStream.range(0, Integer.getInteger("chaos.rounds", 2)).mapToObj(i -> first + i).toList();
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void endsInAgreementWithoutLoss(long seed) throws IOException {
        Random random = new Random(seed);
        Acknowledged acknowledged = new Acknowledged();
        List<String> history = new ArrayList<>();
        ToldCrossings crossings = new ToldCrossings();
        try (TestHerd herd = TestHerd.ofFive(dir).throughProxies().journal(FsyncPolicy.EVERYSEC)
                .fences(() -> ToldCrossings.FENCES).crossings(crossings::add)) {
            for (String name : herd.names()) {
                Duration off = Duration.ofMillis(random.nextInt(7_200_000) - 3_600_000);
                herd.clock(name, () -> InstantSource.system().instant().plus(off));
            }
            herd.startAll();
            try (Load load = new Load(acknowledged, CLIENTS)) {
                for (String name : herd.names()) {
                    load.to(herd.port(name), random.nextLong());
                }
                for (int step = 0; step < STEPS; step++) {
                    history.add(random.nextInt(5) == 0 ? forget(herd, random, acknowledged) : fault(herd, random));
                    LockSupport.parkNanos(random.nextLong(STEP_NANOS));
                }
                healAll(herd);
            }
            String when = "after seed " + seed + ": " + history;
            Duration took = Await.until("all agree " + when, LIMIT, () -> isConverged(herd));
            System.out.println("five servers agreed " + took.toMillis() + " ms after the last fault, seed " + seed);
            assertThat(acknowledged.clients()).isEqualTo(CLIENTS);
            for (String name : herd.names()) {
                acknowledged.isIn(herd.stored(name), "at " + name + ' ' + when);
            }
            crossings.areRight(when);
            for (int i = 0; i < CROSSING; i++) {
                crossings.crossNow(herd, "c" + random.nextInt(CLIENTS), random, when);
            }
        }
    }

    private static boolean isConverged(TestHerd herd) {
        Map<String, String> first = herd.stored(herd.names().iterator().next());
        return herd.names().stream().allMatch(name -> herd.stored(name).equals(first));
    }

    private static void healAll(TestHerd herd) throws IOException {
        for (String name : herd.names()) {
            if (!herd.isRunning(name)) {
                herd.start(name);
            }
        }
        herd.proxies().forEach(FaultyProxy::heal);
    }

    /** Has one server forget a client, which as all that is acknowledged must not be lost. */
    private static String forget(TestHerd herd, Random random, Acknowledged acknowledged) throws IOException {
        List<String> names = List.copyOf(herd.names());
        String name = names.get(random.nextInt(names.size()));
        String client = "c" + random.nextInt(CLIENTS);
        if (herd.isRunning(name)) {
            try {
                acknowledged.add(herd.forget(name, client));
            } catch (IOException stillReadsItsJournal) {
                return "forget nobody";
            }
        }
        return "forget " + client + " at " + name;
    }

    private static String fault(TestHerd herd, Random random) throws IOException {
        List<FaultyProxy> proxies = List.copyOf(herd.proxies());
        int number = random.nextInt(proxies.size());
        FaultyProxy proxy = proxies.get(number);
        List<String> names = List.copyOf(herd.names());
        String name = names.get(random.nextInt(names.size()));
        return switch (random.nextInt(9)) {
            case 0 -> {
                proxy.cut();
                yield "cut " + number;
            }
            case 1 -> {
                proxy.stall();
                yield "stall " + number;
            }
            case 2 -> {
                proxy.delay();
                yield "delay " + number;
            }
            case 3 -> {
                proxy.trickle();
                yield "trickle " + number;
            }
            case 4 -> {
                proxy.insertGarbage();
                yield "garbage " + number;
            }
            case 5 -> {
                if (herd.isRunning(name)) {
                    herd.stop(name);
                    yield "stop " + name;
                }
                herd.start(name);
                yield "start " + name;
            }
            default -> {
                proxy.heal();
                yield "heal " + number;
            }
        };
    }
}
