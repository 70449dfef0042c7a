package dev.proxyherd.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import dev.proxyherd.protocol.Location;
import dev.proxyherd.protocol.ServerName;
import dev.proxyherd.protocol.SipHash;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What has yet to be published: one entry a client, in its time. */
class OutboxTest {
    private static final ServerName ALFORD = ServerName.of("Alford");
    private static final long SECOND = 1_000_000_000L;

    private final SipHash hash = SipHash.unkeyed();
    private long nanos = 5;
    private final Outbox outbox = new Outbox(hash::of, () -> nanos);

    @BeforeEach
    void isLive() {
        outbox.live(true);
    }

    private static Location at(String client, long seconds) {
        byte[] line =
                ("AT Alford +0.500000000 " + client + " +34-118 " + seconds).getBytes(StandardCharsets.ISO_8859_1);
        return Location.parse(line, 0, line.length, 0);
    }

    private static Location gone(String client, long seconds) {
        return Location.gone(ALFORD, seconds * SECOND, client, seconds * SECOND);
    }

    private List<Outbox.Entry> take() {
        List<Outbox.Entry> taken = new ArrayList<>();
        outbox.take(taken, 100);
        return taken;
    }

    private List<String> takeLines() {
        return take().stream().map(entry -> String.valueOf(entry.location())).toList();
    }

    private void pass(Duration time) {
        nanos += time.toNanos();
    }

    @Nested
    class WhatThisServerHasHeard {
        @Test
        void isDueAtOnceAndOnceForEachClient() {
            outbox.publish(at("kiwi", 1));
            outbox.publish(at("plum", 1));
            outbox.publish(at("kiwi", 3));
            outbox.publish(at("kiwi", 2));
            assertThat(takeLines()).containsExactly(at("kiwi", 3).toString(), at("plum", 1).toString());
            assertThat(outbox.size()).as("not acknowledged yet").isEqualTo(2);
        }

        @Test
        void isNotPublishedBeforeTheTopicWasRead() {
            Outbox unread = new Outbox(hash::of, () -> nanos);
            unread.publish(at("kiwi", 1));
            unread.take(new ArrayList<>(), 100);
            List<Outbox.Entry> taken = new ArrayList<>();
            unread.take(taken, 100);
            assertThat(taken).isEmpty();
            unread.seen(at("kiwi", 2), true);
            unread.live(true);
            unread.take(taken, 100);
            assertThat(taken).as("it lost against what was read").isEmpty();
            assertThat(unread.size()).isZero();
        }

        @Test
        void isDueAgainWhenItHasFailedUnlessSomethingNewerIs() {
            outbox.publish(at("kiwi", 1));
            outbox.publish(at("plum", 1));
            List<Outbox.Entry> taken = take();
            outbox.publish(at("plum", 2));
            taken.forEach(outbox::failed);
            assertThat(takeLines()).containsExactlyInAnyOrder(at("kiwi", 1).toString(), at("plum", 2).toString());
        }
    }

    @Nested
    class WhatAnotherServerHasHeard {
        @Test
        void isDueWhenItIsNotSeenInTime() {
            outbox.watch(at("kiwi", 1));
            assertThat(take()).isEmpty();
            pass(Outbox.GRACE.minusNanos(1));
            assertThat(take()).isEmpty();
            outbox.watch(at("kiwi", 2));
            pass(Duration.ofNanos(1));
            assertThat(takeLines()).as("whoever reports all the time is not put off").containsExactly(
                    at("kiwi", 2).toString());
        }

        @Test
        void isNotDueOnceItOrSomethingNewerIsSeen() {
            outbox.watch(at("kiwi", 1));
            outbox.watch(at("plum", 1));
            outbox.seen(at("kiwi", 1), false);
            outbox.seen(at("plum", 2), false);
            pass(Outbox.GRACE);
            assertThat(take()).isEmpty();
            assertThat(outbox.isEmpty()).isTrue();
        }

        @Test
        void isPutOffWhereOthersPublishTheClientAndAreNotUpToDate() {
            outbox.watch(at("kiwi", 1));
            for (int second = 2; second < 20; second++) {
                pass(Duration.ofSeconds(1));
                outbox.watch(at("kiwi", second));
                outbox.seen(at("kiwi", second - 1), false);
                assertThat(take()).isEmpty();
            }
            pass(Outbox.GRACE);
            assertThat(takeLines()).as("but not for ever").containsExactly(at("kiwi", 19).toString());
        }

        @Test
        void isNotDueWhileTheTopicIsNotRead() {
            outbox.watch(at("kiwi", 1));
            outbox.live(false);
            pass(Outbox.GRACE.multipliedBy(10));
            assertThat(take()).isEmpty();
            outbox.live(true);
            assertThat(take()).as("it may be among what comes next").isEmpty();
            pass(Outbox.GRACE);
            assertThat(take()).hasSize(1);
        }

        @Test
        void isReplacedByWhatIsHeardHere() {
            outbox.watch(at("kiwi", 1));
            outbox.publish(at("kiwi", 2));
            assertThat(takeLines()).containsExactly(at("kiwi", 2).toString());
            pass(Outbox.GRACE);
            assertThat(take()).isEmpty();
        }
    }

    @Nested
    class WhatIsUnderItsOwnKey {
        private void publishAndSee(Location location) {
            outbox.publish(location);
            take().forEach(outbox::done);
            outbox.seen(location, true);
        }

        @Test
        void isOverwrittenWhenTheClientIsForgotten() {
            publishAndSee(at("kiwi", 1));
            outbox.seen(at("kiwi", 2), false);
            outbox.overwrite(gone("kiwi", 3));
            outbox.seen(gone("kiwi", 3), false);
            assertThat(takeLines()).as("though others have written it").containsExactly(gone("kiwi", 3).toString());
            outbox.overwrite(gone("kiwi", 3));
            assertThat(take()).as("once").isEmpty();
        }

        @Test
        void isLeftWhereThereIsNothing() {
            outbox.overwrite(gone("kiwi", 3));
            outbox.delete(at("plum", 1));
            assertThat(take()).isEmpty();
        }

        @Test
        void isDeletedWhenItHasExpired() {
            publishAndSee(at("kiwi", 1));
            publishAndSee(gone("plum", 1));
            outbox.delete(at("kiwi", 1));
            outbox.delete(gone("plum", 1));
            List<Outbox.Entry> deleted = take();
            assertThat(deleted).extracting(Outbox.Entry::client).containsExactly("kiwi", "plum");
            assertThat(deleted).extracting(Outbox.Entry::location).containsOnlyNulls();
            deleted.forEach(outbox::done);
            outbox.seenDeleted("kiwi");
            outbox.delete(at("kiwi", 1));
            assertThat(take()).as("it is deleted already").isEmpty();
        }

        @Test
        void isNotDeletedWhereTheClientIsBack() {
            publishAndSee(at("kiwi", 1));
            outbox.publish(at("kiwi", 2));
            outbox.delete(at("kiwi", 1));
            assertThat(takeLines()).containsExactly(at("kiwi", 2).toString());
        }

        @Test
        void isKnownAfterARestart() {
            publishAndSee(at("kiwi", 1));
            publishAndSee(gone("plum", 1));
            Outbox next = new Outbox(hash::of, () -> nanos);
            next.restoreKeys(outbox.takeFreshKeys());
            next.live(true);
            next.overwrite(gone("kiwi", 2));
            next.overwrite(gone("plum", 2));
            List<Outbox.Entry> taken = new ArrayList<>();
            next.take(taken, 100);
            assertThat(taken).extracting(Outbox.Entry::client).containsExactly("kiwi");
        }
    }

    @Nested
    class Turns {
        @Test
        void passWhenAllThatWasOfferedBeforeIsInTheTopicOrReplaced() {
            outbox.publish(at("kiwi", 1));
            outbox.watch(at("plum", 1));
            assertThat(outbox.beginTurn()).isTrue();
            assertThat(outbox.hasPassed()).isFalse();
            List<Outbox.Entry> taken = take();
            outbox.publish(at("lime", 1));
            assertThat(outbox.beginTurn()).as("one at a time").isFalse();
            taken.forEach(outbox::done);
            assertThat(outbox.hasPassed()).isFalse();
            outbox.seen(at("plum", 1), false);
            assertThat(outbox.hasPassed()).isTrue();
        }

        @Test
        void doNotPassWhileOneFails() {
            outbox.publish(at("kiwi", 1));
            outbox.beginTurn();
            take().forEach(outbox::failed);
            assertThat(outbox.hasPassed()).isFalse();
            take().forEach(outbox::done);
            assertThat(outbox.hasPassed()).isTrue();
        }
    }

    @Test
    void whateverHappensNothingIsLostOrCountedTwice() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        List<Outbox.Entry> inFlight = new ArrayList<>();
        for (int i = 0; i < 20_000; i++) {
            Location location = random.nextInt(10) == 0 ? gone("c" + random.nextInt(20), random.nextInt(100))
                    : at("c" + random.nextInt(20), random.nextInt(100));
            switch (random.nextInt(9)) {
                case 0 -> outbox.publish(location);
                case 1 -> outbox.watch(location);
                case 2 -> outbox.seen(location, random.nextBoolean());
                case 3 -> outbox.overwrite(gone(location.client(), 50));
                case 4 -> outbox.delete(location);
                case 5 -> outbox.take(inFlight, random.nextInt(5));
                case 6 -> outbox.beginTurn();
                case 7 -> pass(Duration.ofSeconds(random.nextInt(3)));
                default -> {
                    if (!inFlight.isEmpty()) {
                        Outbox.Entry entry = inFlight.remove(random.nextInt(inFlight.size()));
                        if (random.nextInt(3) == 0) {
                            outbox.failed(entry);
                        } else {
                            outbox.done(entry);
                        }
                    }
                }
            }
        }
        inFlight.forEach(outbox::done);
        pass(Outbox.GRACE);
        take().forEach(outbox::done);
        assertThat(outbox.isEmpty()).as("seed " + seed).isTrue();
        assertThat(outbox.hasPassed()).as("seed " + seed).isTrue();
        assertThat(outbox.beginTurn()).as("seed " + seed).isTrue();
        assertThat(outbox.hasPassed()).as("seed " + seed).isTrue();
    }
}
