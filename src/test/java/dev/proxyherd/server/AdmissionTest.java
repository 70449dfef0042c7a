package dev.proxyherd.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.proxyherd.journal.FsyncPolicy;
import dev.proxyherd.net.ClientLimits;
import dev.proxyherd.net.ConnectionLimits;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which reports a server takes from clients; {@link FullServersTest} tells of all other doors. */
class AdmissionTest {
    private static final long NOW = 1_400_000_000;

    @TempDir
    private Path dir;

    private final TestClock clock = new TestClock(String.valueOf(NOW));

    private TestHerd herd(Duration maxAhead, int maxClients) {
        return new TestHerd(dir, "Alford", "Bolden").link("Alford", "Bolden").clock("Alford", clock)
                .limits(new ClientLimits(new ConnectionLimits(100, 0), 8192, Duration.ofMinutes(1),
                        Duration.ofMinutes(1), maxAhead, maxClients));
    }

    @Nested
    class AReportFromTheFuture {
        private static final Duration DAY = Duration.ofDays(1);

        @Test
        void isTakenUpToTheLimitAndInvalidBeyondIt() throws IOException {
            try (TestHerd herd = herd(DAY, 100).startAll(); RawClient client = herd.connect("Alford")) {
                assertThat(client.ask("IAMAT kiwi +1-1 " + (NOW + 86_400))).startsWith("AT Alford -86400.000000000 ");
                String ahead = "IAMAT kiwi +1-1 " + (NOW + 86_400) + ".000000001";
                assertThat(client.ask(ahead)).isEqualTo("? " + ahead);
                assertThat(client.ask("IAMAT emu +1-1 9223372035")).startsWith("? ");
                assertThat(herd.stored("Alford")).containsOnlyKeys("kiwi");
            }
        }

        @Test
        void isMergedWhenItComesOverALink() throws IOException {
            clock.set(String.valueOf(NOW - 1_000_000));
            try (TestHerd herd = herd(DAY, 100).clock("Bolden", new TestClock(String.valueOf(NOW))).startAll();
                    RawClient client = herd.connect("Bolden")) {
                client.ask("IAMAT kiwi +1-1 " + NOW);
                herd.awaitSameStores("though Alford would not have taken it", 1);
            }
        }

        @Test
        void isReplayedThoughTheClockWasPutBack() throws IOException {
            try (TestHerd herd = herd(DAY, 100).journal(FsyncPolicy.EVERYSEC)) {
                herd.start("Alford");
                try (RawClient client = herd.connect("Alford")) {
                    client.ask("IAMAT kiwi +1-1 " + NOW);
                }
                herd.stop("Alford");
                clock.set("1000");
                herd.start("Alford");
                Await.until("it is replayed", () -> herd.stored("Alford").size() == 1);
            }
        }
    }

    @Nested
    class WhenAsManyClientsAreKnownAsMayBe {
        @Test
        void newOnesAreRefusedAndKnownOnesGoOn() throws IOException {
            try (TestHerd herd = herd(Duration.ofDays(9999), 3).startAll(); RawClient client = herd.connect("Alford")) {
                for (int i = 0; i < 3; i++) {
                    assertThat(client.ask("IAMAT c" + i + " +1-1 7")).startsWith("AT ");
                }
                assertThat(client.ask("IAMAT c3 +1-1 7")).isEqualTo("? IAMAT c3 +1-1 7");
                assertThat(client.ask("IAMAT c0 +1-1 8")).startsWith("AT ");
                assertThat(client.ask("WHATSAT c0 1 0")).endsWith(" 8");
                assertThat(herd.stored("Alford")).containsOnlyKeys("c0", "c1", "c2");
            }
        }

        @Test
        void aPersonIsToldOnce() throws IOException {
            try (TestHerd herd = herd(Duration.ofDays(9999), 3).startAll(); RawClient client = herd.connect("Alford")) {
                for (int i = 0; i < 5; i++) {
                    client.ask("IAMAT c" + i + " +1-1 7");
                }
                herd.stop("Alford");
                assertThat(herd.log("Alford")).containsOnlyOnce("new clients are refused: ")
                        .contains("--max-clients allows, 3; ");
            }
        }

        @Test
        void oneThatIsLongCountsAsSeveralWhetherByItsIdOrItsReport() throws IOException {
            try (TestHerd herd = herd(Duration.ofDays(9999), 20).startAll();
                    RawClient client = herd.connect("Alford")) {
                assertThat(client.ask("IAMAT c0 +1-1 7")).startsWith("AT ");
                assertThat(client.ask("IAMAT c1 +1-1 7")).startsWith("AT ");
                assertThat(client.ask("IAMAT " + "x".repeat(2000) + " +1-1 7")).as("16 more").startsWith("AT ");
                assertThat(client.ask("IAMAT c0 +1-1." + "0".repeat(500) + " 8")).as("2 more").startsWith("AT ");
                assertThat(client.ask("IAMAT c2 +1-1 7")).isEqualTo("? IAMAT c2 +1-1 7");
                assertThat(client.ask("IAMAT c1 +1-1." + "0".repeat(500) + " 8")).as("known, but longer")
                        .startsWith("? ");
                assertThat(client.ask("IAMAT c0 +1-1." + "1".repeat(500) + " 9")).as("no longer than it was")
                        .startsWith("AT ");
                assertThat(client.ask("IAMAT c0 +1-1 10")).as("shorter").startsWith("AT ");
                assertThat(client.ask("IAMAT c2 +1-1 7")).startsWith("AT ");
            }
        }
    }
}
