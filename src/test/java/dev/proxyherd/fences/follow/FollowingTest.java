package dev.proxyherd.fences.follow;

import static dev.proxyherd.fences.follow.Followed.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import dev.proxyherd.fences.Crossing;
import dev.proxyherd.fences.CrossingKind;
import dev.proxyherd.fences.Fence;
import dev.proxyherd.fences.FenceShape;
import dev.proxyherd.fences.SomeFences;
import dev.proxyherd.protocol.Location;
import dev.proxyherd.server.Await;
import dev.proxyherd.store.ClientPattern;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** A server tells, once and in order, when a client by its own reports has gone into a fence or out of it. */
class FollowingTest {
    private static final double FAR = 1;

    /** A kilometre around 0, 0. */
    private static Fence yard() {
        return disc("yard", 0);
    }

    private static Fence disc(String id, double margin) {
        return SomeFences.of(id, margin, new FenceShape.Disc(0, 0, 1000));
    }

    private static double metres(double metres) {
        return metres / 111_195.08;
    }

    @Nested
    class OfReports {
        @Test
        void goingInAndOutIsTold() {
            try (Followed followed = Followed.started(yard())) {
                followed.hear("van", 0, FAR, 1);
                followed.hear("van", 0, 0, 2);
                followed.hear("van", 0, metres(500), 3);
                followed.hear("van", 0, FAR, 4);
                followed.hear("van", 0, 0, 5);
                assertThat(followed.told()).containsExactly("enter yard van 2", "exit yard van 4", "enter yard van 5");
            }
        }

        @Test
        void theFirstOneInsideIsAnEnter() {
            try (Followed followed = Followed.started(yard())) {
                followed.hear("van", 0, 0, 1);
                assertThat(followed.told()).containsExactly("enter yard van 1");
            }
        }

        @Test
        void whatAnotherServerHasHeardIsFollowedAndNotTold() {
            try (Followed followed = Followed.started(yard())) {
                followed.learn("van", 0, 0, 1);
                followed.hear("van", 0, 0, 2);
                followed.hear("van", 0, FAR, 3);
                followed.learn("van", 0, 0, 4);
                followed.learn("van", 0, FAR, 5);
                followed.hear("van", 0, 0, 6);
                assertThat(followed.told()).containsExactly("exit yard van 3", "enter yard van 6");
            }
        }

        @Test
        void thatLoseCrossNothing() {
            try (Followed followed = Followed.started(yard())) {
                followed.hear("van", 0, 0, 5);
                followed.hear("van", 0, FAR, 3);
                followed.hear("van", 0, 0, 5);
                assertThat(followed.told()).containsExactly("enter yard van 5");
            }
        }

        @Test
        void aWholeDayAtOnceIsToldReportByReport() {
            try (Followed followed = Followed.started(yard())) {
                for (int i = 1; i <= 2_000; i++) {
                    followed.hear("van", 0, i % 2 == 0 ? FAR : 0, i);
                }
                assertThat(followed.told()).hasSize(2_000).startsWith("enter yard van 1", "exit yard van 2")
                        .endsWith("enter yard van 1999", "exit yard van 2000");
            }
        }

        @Test
        void theirServerFenceClientTimeAndPlaceAreTold() {
            try (Followed followed = Followed.started(yard())) {
                followed.hear("van", 0, 0, 7);
                followed.settle();
                Crossing crossing = followed.told.getFirst();
                assertThat(crossing.fence()).isEqualTo(yard());
                assertThat(crossing.report().toString()).isEqualTo("AT Alford +1.000000000 van +0.000000+0.000000 7");
            }
        }
    }

    @Nested
    class ThatComeInAnotherOrderThanTheyWereStored {
        @Test
        void countInTheirOwnOrder() {
            try (Followed followed = Followed.started(yard())) {
                Location in = followed.store.take(Followed.location("Alford", "van", 0, 0, 1));
                Location out = followed.store.take(Followed.location("Alford", "van", 0, FAR, 2));
                followed.following.updated(out, true, null);
                followed.following.updated(in, true, null);
                followed.hear("van", 0, 0, 3);
                assertThat(followed.told()).containsExactly("enter yard van 3");
            }
        }

        @Test
        void areNotToldAgainOnceTheClientWasOut() {
            try (Followed followed = Followed.started(yard())) {
                followed.hear("van", 0, 0, 1);
                Location in = followed.store.take(Followed.location("Alford", "van", 0, 0.0001, 2));
                followed.hear("van", 0, FAR, 3);
                assertThat(followed.told()).containsExactly("enter yard van 1", "exit yard van 3");
                followed.following.updated(in, true, null);
                assertThat(followed.told()).containsExactly("enter yard van 1", "exit yard van 3");
            }
        }

        @Test
        void byManyThreadsEachClientGoesInAndOutInTurn() throws InterruptedException {
            long seed = System.nanoTime();
            try (Followed followed = Followed.started(yard())) {
                int threads = 4;
                CountDownLatch go = new CountDownLatch(1);
                List<Thread> all = IntStream.range(0, threads).mapToObj(thread -> Thread.ofPlatform().start(() -> {
                    Random random = new Random(seed + thread);
                    Await.until("all are there", () -> go.getCount() == 0);
                    for (int i = 0; i < 5_000; i++) {
                        followed.hear("van" + random.nextInt(3), 0, random.nextBoolean() ? 0 : FAR,
                                i * 10L + random.nextInt(20));
                    }
                })).toList();
                go.countDown();
                for (Thread thread : all) {
                    Await.end(thread);
                }
                followed.settle();
                Map<String, Crossing> last = new HashMap<>();
                for (Crossing crossing : followed.told) {
                    Crossing before = last.put(crossing.client(), crossing);
                    assertThat(crossing.kind()).as("seed %d", seed)
                            .isEqualTo(before == null || before.kind() == CrossingKind.EXIT ? CrossingKind.ENTER
                                    : CrossingKind.EXIT);
                    assertThat(before == null || Location.wins(crossing.report(), before.report())).isTrue();
                }
                for (int i = 0; i < 3; i++) {
                    boolean isIn = followed.store.find("van" + i).position().longitude() == 0;
                    assertThat(last.get("van" + i).kind()).as("seed %d", seed)
                            .isEqualTo(isIn ? CrossingKind.ENTER : CrossingKind.EXIT);
                }
                assertThat(followed.told.stream().map(Crossing::id)).doesNotHaveDuplicates();
                assertThat(followed.faults).isEmpty();
            }
        }
    }

    @Nested
    class OfClientsThatGo {
        @Test
        void forgettingTellsNothingAndTheNextReportInsideIsAnEnter() {
            try (Followed followed = Followed.started(yard())) {
                followed.hear("van", 0, 0, 1);
                followed.take(Followed.gone("van", 2), null);
                followed.hear("van", 0, 0, 3);
                assertThat(followed.told()).containsExactly("enter yard van 1", "enter yard van 3");
            }
        }

        @Test
        void soDoesExpiry() {
            try (Followed followed = new Followed(Duration.ofHours(1), yard())) {
                followed.following.start();
                followed.hear("van", 0, 0, NOW);
                followed.settle();
                followed.now = followed.now.plusSeconds(3_601);
                followed.hear("van", 0, 0, NOW + 3_600);
                followed.hear("bus", 0, FAR, NOW + 3_600);
                Await.until("told", () -> followed.told.size() >= 3);
                assertThat(followed.told.stream().map(Followed::text).filter(text -> text.contains("van")))
                        .containsExactly("enter yard van " + NOW, "enter yard van " + (NOW + 3_600));
            }
        }

        @Test
        void takeNoMemoryOnceTheyAreOutOfAllFencesOrHaveExpired() {
            try (Followed followed = new Followed(Duration.ofHours(1), yard())) {
                followed.following.start();
                for (int i = 0; i < 1_000; i++) {
                    followed.hear("far" + i, 0, FAR, NOW);
                    followed.hear("out" + i, 0, 0, NOW);
                    followed.hear("out" + i, 0, FAR, NOW + 1);
                    followed.hear("in" + i, 0, 0, NOW);
                }
                followed.settle();
                Await.until("only those inside are held", () -> followed.following.clients() == 1_000);
                followed.now = followed.now.plusSeconds(7_200);
                Await.until("and none that has expired", () -> followed.following.clients() == 0);
            }
        }
    }

    @Nested
    class OfFences {
        @Test
        void onlyThoseAreToldThatAreForTheClientAndOfTheKindsThatAreWanted() {
            Fence vans = new Fence("vans", "", List.of(new ClientPattern("van*")), Set.of(CrossingKind.EXIT), 0, null,
                    yard().shape());
            try (Followed followed = Followed.started(yard(), vans)) {
                for (String client : List.of("van1", "bus")) {
                    followed.hear(client, 0, 0, 1);
                    followed.hear(client, 0, FAR, 2);
                }
                assertThat(followed.told()).containsExactly("enter yard van1 1", "exit yard van1 2", "exit vans van1 2",
                        "enter yard bus 1", "exit yard bus 2");
            }
        }

        @Test
        void aThousandOverOneAnotherAreAllTold() {
            Fence[] fences = Stream.concat(Stream.of(yard()), IntStream.range(1, 1_000).mapToObj(i -> disc("f" + i, 0)))
                    .toArray(Fence[]::new);
            try (Followed followed = Followed.started(fences)) {
                followed.hear("van", 0, 0, 1);
                followed.hear("van", 0, FAR, 2);
                assertThat(followed.told()).hasSize(2_000).doesNotHaveDuplicates();
                assertThat(followed.faults).isEmpty();
            }
        }

        @Test
        void withAMarginJitterAtTheEdgeCrossesNothing() {
            try (Followed followed = Followed.started(disc("yard", 100))) {
                followed.hear("van", 0, metres(950), 1);
                followed.hear("van", 0, metres(890), 2);
                followed.hear("van", 0, metres(1050), 3);
                followed.hear("van", 0, metres(950), 4);
                followed.hear("van", 0, metres(1110), 5);
                followed.hear("van", 0, metres(950), 6);
                assertThat(followed.told()).containsExactly("enter yard van 2", "exit yard van 5");
            }
        }

        @Test
        void thatChangePlaceClientsWithoutAWord() {
            Fence far = SomeFences.of("far", 0, new FenceShape.Disc(0, FAR, 1000));
            try (Followed followed = Followed.started(yard())) {
                followed.hear("van", 0, 0, 1);
                followed.hear("bus", 0, FAR, 1);
                assertThat(followed.told()).containsExactly("enter yard van 1");
                followed.change(disc("other", 0), yard(), far);
                followed.hear("van", 0, FAR, 2);
                followed.hear("bus", 0, 0, 2);
                assertThat(followed.told()).containsExactly("enter yard van 1", "exit other van 2", "exit yard van 2",
                        "enter far van 2", "exit far bus 2", "enter other bus 2", "enter yard bus 2");
            }
        }

        @Test
        void thatStayTheSameInAChangedFileKeepWhoIsInThem() {
            try (Followed followed = Followed.started(disc("yard", 100))) {
                followed.hear("van", 0, metres(1050), 1);
                followed.hear("bus", 0, metres(0), 1);
                followed.hear("bus", 0, metres(1050), 2);
                assertThat(followed.told()).containsExactly("enter yard bus 1");
                followed.change(disc("other", 0), disc("yard", 100));
                followed.hear("van", 0, metres(950), 3);
                followed.hear("bus", 0, metres(950), 3);
                followed.hear("bus", 0, FAR, 4);
                assertThat(followed.told().stream().filter(text -> text.contains("yard")))
                        .containsExactly("enter yard bus 1", "exit yard bus 4");
            }
        }

        @Test
        void thatGoTellNothing() {
            try (Followed followed = Followed.started(yard(), disc("other", 0))) {
                followed.hear("van", 0, 0, 1);
                followed.settle();
                followed.change(disc("last", 0));
                followed.hear("van", 0, FAR, 2);
                assertThat(followed.told()).containsExactly("enter yard van 1", "enter other van 1", "exit last van 2");
            }
        }
    }

    @Nested
    class AtAStart {
        @Test
        @SuppressWarnings("ReferenceEquality")
        void clientsThatTheJournalKnowsArePlacedWithoutAWord() {
            try (Followed followed = new Followed(Duration.ZERO, yard())) {
                followed.replayed = false;
                followed.following.start();
                followed.store.merge(Followed.location("Alford", "van", 0, 0, 1));
                followed.hear("bus", 0, 0, 1);
                followed.replayed = true;
                Await.until("both are placed", () -> followed.following.fences() == followed.fences);
                followed.hear("van", 0, FAR, 2);
                followed.hear("bus", 0, FAR, 2);
                assertThat(followed.told()).containsExactly("exit yard van 2", "exit yard bus 2");
            }
        }

        @Test
        void clientsThatGoOutWhileTheyArePlacedAreOut() throws InterruptedException {
            try (Followed followed = new Followed(Duration.ZERO, yard())) {
                List<String> vans = IntStream.range(0, 200_000).mapToObj(i -> "van" + i).toList();
                vans.forEach(van -> followed.store.merge(Followed.location("Alford", van, 0, 0, 1)));
                CountDownLatch begun = new CountDownLatch(1);
                Thread leaving = Thread.ofPlatform().start(() -> {
                    begun.countDown();
                    vans.forEach(van -> followed.learn(van, 0, FAR, 2));
                });
                begun.await();
                followed.following.start();
                leaving.join();
                Await.until("nobody is in the yard", () -> followed.following.clients() == 0);
            }
        }
    }

    @Nested
    class WhileListenersAreSlow {
        @Test
        void nobodyWaitsAndOfEachClientTheNewestCounts() {
            CountDownLatch slow = new CountDownLatch(1);
            try (Followed followed = new Followed(Duration.ZERO, yard())) {
                followed.following.tell(crossings -> Await.until("it goes on", () -> slow.getCount() == 0));
                followed.following.start();
                followed.hear("first", 0, 0, 1);
                Await.until("the listener has it", () -> !followed.told.isEmpty());
                int reports = Following.MOST_WAITING + 1_000;
                for (int i = 1; i <= reports; i++) {
                    followed.hear("van", 0, i % 2 == 0 ? FAR : 0, i);
                }
                slow.countDown();
                List<String> told = followed.told();
                assertThat(followed.following.skipped()).isEqualTo(999);
                assertThat(told).hasSize(1 + Following.MOST_WAITING)
                        .endsWith("exit yard van " + Following.MOST_WAITING);
                followed.hear("van", 0, 0, reports + 1);
                assertThat(followed.told()).endsWith("enter yard van " + (reports + 1));
            }
        }

        @Test
        void oneThatFailsKeepsNothingFromOthers() {
            try (Followed followed = new Followed(Duration.ZERO, yard())) {
                List<Crossing> after = new ArrayList<>();
                followed.following.tell(crossings -> {
                    throw new IllegalStateException("full");
                });
                followed.following.tell(after::addAll);
                followed.following.start();
                followed.hear("van", 0, 0, 1);
                followed.hear("van", 0, FAR, 2);
                assertThat(followed.told()).hasSize(2);
                followed.close();
                assertThat(after).hasSizeGreaterThanOrEqualTo(2);
                assertThat(followed.faults).hasSize(1);
            }
        }

        @Test
        void whatWaitsIsToldBeforeTheEnd() {
            Followed followed = Followed.started(yard());
            for (int i = 1; i <= 1_000; i++) {
                followed.hear("van" + i, 0, 0, 1);
            }
            followed.close();
            assertThat(followed.told).hasSize(1_000);
        }
    }
}
