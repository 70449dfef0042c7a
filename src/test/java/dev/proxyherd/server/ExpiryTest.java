package dev.proxyherd.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.parallel.ExecutionMode.CONCURRENT;

import dev.proxyherd.journal.FsyncPolicy;
import dev.proxyherd.status.LinkStatus;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;

/** Locations of a certain age are answered, but neither kept nor passed on, and servers whose clocks differ cope. */
class ExpiryTest {
    private static final Duration AGE = Duration.ofSeconds(1000);
    private static final long NOW = 1_400_000_000;

    @TempDir
    private Path dir;

    private final TestClock alfords = new TestClock(String.valueOf(NOW));
    private final TestClock boldens = new TestClock(String.valueOf(NOW));

    private TestHerd herd() {
        return new TestHerd(dir, "Alford", "Bolden").link("Alford", "Bolden").expireAfter(AGE)
                .clock("Alford", alfords).clock("Bolden", boldens);
    }

    private static String report(String client, long time) {
        return "IAMAT " + client + " +34-118 " + time;
    }

    @Nested
    class AReportThatIsTooOld {
        @Test
        void isAnsweredButNeitherStoredNorPassedOn() throws IOException {
            try (TestHerd herd = herd().startAll().awaitLinks(); RawClient client = herd.connect("Alford")) {
                assertThat(client.ask(report("old", NOW - 1001))).startsWith("AT Alford +1001.000000000 old ");
                assertThat(client.ask("WHATSAT old 1 0")).isEqualTo("? WHATSAT old 1 0");
                client.ask(report("young", NOW - 999));
                herd.awaitSameStores("the young one", 1);
                assertThat(herd.stored("Bolden")).containsOnlyKeys("young");
                assertThat(herd.log("Bolden")).doesNotContain(" old ");
            }
        }

        @Test
        void isNotReplayed() throws IOException {
            try (TestHerd herd = herd().journal(FsyncPolicy.EVERYSEC)) {
                herd.start("Alford");
                try (RawClient client = herd.connect("Alford")) {
                    client.ask(report("old", NOW - 990));
                    client.ask(report("young", NOW));
                }
                herd.stop("Alford");
                alfords.set(String.valueOf(NOW + 20));
                herd.start("Alford");
                try (RawClient client = herd.connect("Alford")) {
                    assertThat(client.ask("WHATSAT young 1 0")).startsWith("AT ");
                }
                assertThat(herd.stored("Alford")).containsOnlyKeys("young");
            }
        }
    }

    @Nested
    class AStoredLocation {
        @Test
        @Execution(CONCURRENT)
        void isDroppedWhenItsTimeHasCome() throws IOException {
            try (TestHerd herd = herd().expireAfter(Duration.ofSeconds(10)).startAll();
                    RawClient alford = herd.connect("Alford")) {
                alford.ask(report("kiwi", NOW));
                assertThat(herd.stored("Alford")).hasSize(1);
                alfords.set(String.valueOf(NOW + 11));
                assertThat(alford.ask("WHATSAT kiwi 1 0")).as("at once").startsWith("? ");
                Await.until("it is dropped", () -> herd.stored("Alford").isEmpty());
            }
        }

        @Test
        @Execution(CONCURRENT)
        void isNotSentToAServerThatWouldRefuseItAgainAndAgain() throws IOException {
            boldens.set(String.valueOf(NOW + 500));
            try (TestHerd herd = herd()) {
                herd.start("Alford");
                try (RawClient client = herd.connect("Alford")) {
                    for (int i = 0; i < 100; i++) {
                        client.ask(report("old" + i, NOW - 600));
                        client.ask(report("young" + i, NOW));
                    }
                }
                herd.start("Bolden");
                Await.until("the younger half is known", () -> herd.stored("Bolden").size() == 100);
                long sent = link(herd).linesSent();
                long start = System.nanoTime();
                Await.until("heartbeats have passed", () -> System.nanoTime() - start > 1_000_000_000L
                        && link(herd).heardMillisAgo() < 1000);
                assertThat(herd.stored("Alford")).as("still known to the slower clock").hasSize(200);
                assertThat(link(herd).linesSent()).as("lines sent since").isEqualTo(sent).isEqualTo(100);
            }
        }

        @Test
        void thatOnlyTheSlowerClockKeepsIsNoDivergence() throws IOException, InterruptedException {
            boldens.set(String.valueOf(NOW + 4));
            try (TestHerd herd = herd().startAll().awaitLinks(); RawClient client = herd.connect("Alford")) {
                client.ask(report("old", NOW - 998));
                client.ask(report("young", NOW));
                Await.until("Bolden knows the young one", () -> herd.stored("Bolden").size() == 1);
                assertThat(herd.stored("Alford")).hasSize(2);
                assertThat(herd.survey().status().isConverged()).isTrue();
                assertThat(herd.statusCache("Alford").seenFrom("Alford").isConverged()).isTrue();
                assertThat(herd.statusCache("Bolden").seenFrom("Bolden").isConverged()).isTrue();
            }
        }

        private LinkStatus link(TestHerd herd) {
            return herd.status("Alford").links().getFirst();
        }
    }

    @Nested
    class Neighbours {
        @Test
        void thatExpireAtDifferentAgesRefuseEachOtherAndSayWhy() throws IOException {
            try (TestHerd herd = herd()) {
                herd.start("Alford");
                herd.expireAfter(AGE.multipliedBy(2));
                herd.start("Bolden");
                herd.awaitLog("Alford", "expire after 2000 s at Bolden and after 1000 s at Alford");
                herd.awaitLog("Bolden", "expire after 1000 s at Alford and after 2000 s at Bolden");
                herd.awaitLog("Alford", "no link to Bolden");
                herd.awaitLog("Bolden", "no link to Alford");
                assertThat(herd.status("Alford").links().getFirst()).satisfies(link -> {
                    assertThat(link.up()).isFalse();
                    assertThat(link.reason()).contains("give both the same expireAfter");
                });
            }
        }
    }

    @Nested
    class NoExpiry {
        @Test
        void keepsTheOldestLocation() throws IOException {
            try (TestHerd herd = herd().expireAfter(Duration.ZERO).startAll().awaitLinks();
                    RawClient client = herd.connect("Alford")) {
                client.ask(report("ancient", 0));
                assertThat(herd.awaitSameStores("with the oldest one", 1)).containsKey("ancient");
            }
        }
    }
}
