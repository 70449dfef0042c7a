package dev.proxyherd.cli.serve;

import dev.proxyherd.bench.BenchPlan;
import dev.proxyherd.bench.BenchTarget;
import dev.proxyherd.bench.load.BenchRun;
import dev.proxyherd.topology.ServerAddress;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.util.List;

/**
 * A little real load on servers that train, so that all classes that it takes are archived, and no more: what much of it has
 * Java 25 archive of how methods ran (JEP 515) made its second compiler begin sooner, and young servers no quicker.
 */
final class TrainingLoad {
    /** Of each kind, however busy the machine is with other things. */
    static final Duration MOST = Duration.ofSeconds(1);

    private static final int LINES_AT_ONCE = 4_000;
    private static final int LINES_IN_TURN = 1_000;
    private static final int REQUESTS = 160;

    /** Enough that their journal takes a moment to replay. */
    private static final int CLIENTS = 2_000;

    /** Whom WHATSAT asks for are reported first, each. */
    private static final int CLIENTS_IN_TURN = 1_000;

    private static final int CONNECTIONS = 16;
    private static final int DEPTH = 16;
    private static final int WHATSAT_PERCENT = 2;
    private static final int BOUND = 5;
    private static final int LOOK_MILLIS = 10;

    private final List<BenchTarget> servers;
    private final TrainingDoors doors;

    /** @param http an HTTP port of one of them */
    TrainingLoad(List<ServerAddress> servers, ServerAddress http) {
        this.servers = servers.stream().map(address -> new BenchTarget("trained", address, null)).toList();
        this.doors = new TrainingDoors(http);
    }

    /**
     * Takes a second, and no more than three.
     *
     * @throws IOException if a door does not answer as it should
     */
    void run() throws IOException, InterruptedException {
        send(LINES_AT_ONCE, plan(DEPTH, 0, CLIENTS));
        send(LINES_IN_TURN, plan(1, WHATSAT_PERCENT, CLIENTS_IN_TURN));
        doors.visit(REQUESTS);
    }

    private BenchPlan plan(int depth, int whatsatPercent, int clients) {
        return new BenchPlan(servers, CONNECTIONS, depth, 0, Duration.ZERO, MOST, whatsatPercent, clients,
                BigDecimal.TEN,
                BOUND);
    }

    private static void send(int lines, BenchPlan plan) throws IOException, InterruptedException {
        BenchRun run = new BenchRun(plan, Clock.systemUTC());
        Thread watch = Thread.ofVirtual().name("train").start(() -> {
            try {
                while (run.answers() < lines) {
                    Thread.sleep(LOOK_MILLIS);
                }
                run.stop();
            } catch (InterruptedException over) {
                // There was no time for all of them.
            }
        });
        try {
            run.run();
        } finally {
            watch.interrupt();
        }
    }
}
