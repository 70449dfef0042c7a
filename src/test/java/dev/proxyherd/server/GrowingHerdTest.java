package dev.proxyherd.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.proxyherd.protocol.RandomLocations;
import dev.proxyherd.status.LinkStatus;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A herd of five whose servers and links come and go under load: no client of a server that stays where it is loses its
 * connection, and nothing acknowledged is lost. With a million clients: {@code mvn -Pchaos test -Dtest=GrowingHerdTest}.
 */
class GrowingHerdTest {
    private static final int CLIENTS = Integer.getInteger("herd.growing.clients", 100_000);
    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final int REPORTING = 2_000;
    private static final int ROUNDS = 60;

    @TempDir
    private Path dir;

    /** A herd in which all know so many clients, as if these had reported long ago. */
    private TestHerd herdThatKnows(int clients, Acknowledged acknowledged) throws IOException {
        TestHerd herd = TestHerd.ofFive(dir);
        herd.start("Alford");
        for (int i = 0; i < clients; i++) {
            String line = "AT Alford +0.000000001 old" + i + " +34-118 " + (1 + i % 1000);
            herd.merge("Alford", RandomLocations.at(line));
            acknowledged.add(line);
        }
        for (String name : List.of("Bolden", "Hamilton", "Parker", "Welsh")) {
            herd.start(name);
        }
        Await.until("all know them",
                () -> herd.names().stream().allMatch(name -> herd.status(name).clients() == clients));
        return herd;
    }

    private static List<String> neighbours(TestHerd herd, String name) {
        return herd.status(name).links().stream().map(LinkStatus::neighbour).toList();
    }

    /** The time is for the million, of which all six servers keep a copy in this one process. */
    @Test
    @Timeout(600)
    void aServerThatIsAddedLearnsAllAndOneThatIsRemovedIsDroppedAndNothingIsLost() throws Exception {
        Acknowledged acknowledged = new Acknowledged();
        try (TestHerd herd = herdThatKnows(CLIENTS, acknowledged).awaitLinks()) {
            try (Load load = new Load(acknowledged, REPORTING)) {
                for (String name : List.of("Alford", "Bolden", "Hamilton", "Parker")) {
                    load.to(herd.port(name), name.hashCode());
                }
                Load ofWelsh = new Load(acknowledged, REPORTING).to(herd.port("Welsh"), 1);

                herd.add("Zeta").link("Zeta", "Hamilton").link("Zeta", "Bolden");
                herd.change("Alford", "Bolden", "Hamilton", "Parker", "Welsh");
                herd.start("Zeta");
                Duration took = Await.until("the new one knows all that were there", LIMIT,
                        () -> herd.status("Zeta").clients() >= CLIENTS);
                System.out.println("a new server learned " + CLIENTS + " clients in " + took.toMillis() + " ms");

                ofWelsh.close();
                herd.remove("Welsh").change("Alford", "Bolden", "Hamilton", "Parker", "Zeta");
                herd.awaitLog("Welsh", "link to Alford down");
                herd.awaitLog("Welsh", "link to Bolden down");
                herd.stop("Welsh");
                for (String name : herd.names()) {
                    assertThat(neighbours(herd, name)).as(name).doesNotContain("Welsh");
                }
                assertThat(load.lost()).as("connections lost, of servers that stay").isZero();
                assertThat(ofWelsh.lost()).as("connections lost, of the server that goes, before it went").isZero();
            }
            assertThat(herd.survey().servers()).doesNotContain("Welsh").contains("Zeta");
            // Comparing so many one by one takes long; the digests tell when that is worth it.
            Await.until("all know the same", () -> herd.survey().status().isConverged());
            for (String name : herd.names()) {
                acknowledged.isIn(herd.stored(name), name + ", after growing and shrinking");
            }
            assertThat(herd.survey().status().faults()).isEmpty();
        }
    }

    /** Any links, many times a second; what is joined at last must agree. */
    @Test
    void linksThatComeAndGoWhileReportsComeInLoseNothing() throws Exception {
        long seed = System.nanoTime();
        System.out.println("links come and go with seed " + seed);
        Random random = new Random(seed);
        Acknowledged acknowledged = new Acknowledged();
        try (TestHerd herd = TestHerd.ofFive(dir).startAll().awaitLinks()) {
            List<String> names = new ArrayList<>(herd.names());
            try (Load load = new Load(acknowledged, REPORTING)) {
                for (String name : names) {
                    load.to(herd.port(name), random.nextLong());
                }
                for (int i = 0; i < ROUNDS; i++) {
                    String one = names.get(random.nextInt(names.size()));
                    String other = names.get(random.nextInt(names.size()));
                    if (!one.equals(other)) {
                        if (random.nextBoolean()) {
                            herd.link(one, other);
                        } else {
                            herd.unlink(one, other);
                        }
                    }
                    // Not always both ends, and some a second time.
                    herd.change(names.get(random.nextInt(names.size())), one);
                    LockSupport.parkNanos(random.nextLong(50_000_000));
                }
                assertThat(load.lost()).as("connections lost, seed %d", seed).isZero();
            }
            for (int i = 1; i < names.size(); i++) {
                herd.link(names.get(i - 1), names.get(i));
            }
            herd.change(names.toArray(new String[0])).awaitLinks();
            acknowledged.isIn(herd.awaitSameStores("joined again, seed " + seed, acknowledged.clients()),
                    "after links have come and gone, seed " + seed);
        }
    }

    /** Only those of the moved server are let go, and what it has acknowledged to them is not lost. */
    @Test
    void serversThatMoveUnderLoadLoseTheirOwnClientsOnly() throws Exception {
        Acknowledged acknowledged = new Acknowledged();
        try (TestHerd herd = TestHerd.ofFive(dir).startAll().awaitLinks();
                Load staying = new Load(acknowledged, REPORTING);
                Load moving = new Load(acknowledged, REPORTING)) {
            for (String name : List.of("Alford", "Bolden", "Hamilton", "Parker")) {
                staying.to(herd.port(name), name.hashCode());
            }
            for (int i = 0; i < 5; i++) {
                moving.to(herd.port("Welsh"), i);
                herd.move("Welsh").change("Welsh", "Alford", "Bolden");
                LockSupport.parkNanos(20_000_000);
                herd.awaitLinks();
            }
            moving.close();
            staying.close();
            assertThat(staying.lost()).isZero();
            acknowledged.isIn(herd.awaitSameStores("after five moves", acknowledged.clients()), "after five moves");
        }
    }
}
