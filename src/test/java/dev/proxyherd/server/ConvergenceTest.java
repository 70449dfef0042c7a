package dev.proxyherd.server;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever happens to links and servers, in the end all know the same, without anyone doing anything. */
class ConvergenceTest {
    private static final int STEPS = 40;
    private static final int CLIENTS = 50;

    @TempDir
    private Path dir;

    static List<Long> seeds() {
        return List.of(System.nanoTime());
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void comesAfterAnyHistoryOfCutsStallsAndRestarts(long seed) throws IOException {
        Random random = new Random(seed);
        try (TestHerd herd = TestHerd.ofFive(dir).throughProxies().startAll()) {
            List<String> names = new ArrayList<>(herd.names());
            List<FaultyProxy> proxies = new ArrayList<>(herd.proxies());
            for (int step = 0; step < STEPS; step++) {
                String name = names.get(random.nextInt(names.size()));
                FaultyProxy proxy = proxies.get(random.nextInt(proxies.size()));
                switch (random.nextInt(9)) {
                    case 0, 1 -> proxy.cut();
                    case 2 -> proxy.stall();
                    case 3 -> proxy.heal();
                    case 4 -> herd.stop(name);
                    case 5 -> forget(herd, name, random);
                    default -> startIfDown(herd, name);
                }
                report(herd, names.get(random.nextInt(names.size())), random);
            }
            for (String name : names) {
                startIfDown(herd, name);
            }
            proxies.forEach(FaultyProxy::heal);
            // One who is told last of every client, so that it is known how many there are.
            try (RawClient client = herd.connect("Hamilton")) {
                for (int i = 0; i < CLIENTS; i++) {
                    client.ask("IAMAT c" + i + " +1-1 " + random.nextInt(10));
                }
            }
            herd.awaitSameStores("with seed " + seed, CLIENTS);
        }
    }

    private static void startIfDown(TestHerd herd, String name) throws IOException {
        if (!herd.isRunning(name)) {
            herd.start(name);
        }
    }

    private static void forget(TestHerd herd, String name, Random random) throws IOException {
        if (herd.isRunning(name)) {
            herd.forget(name, "c" + random.nextInt(CLIENTS));
        }
    }

    /** Few clients and few times, so that reports collide on their way. */
    private static void report(TestHerd herd, String name, Random random) throws IOException {
        if (!herd.isRunning(name)) {
            return;
        }
        try (RawClient client = herd.connect(name)) {
            for (int i = 0; i < 20; i++) {
                client.ask(
                        "IAMAT c" + random.nextInt(CLIENTS) + " +" + random.nextInt(90) + "-1 " + random.nextInt(10));
            }
        }
    }
}
