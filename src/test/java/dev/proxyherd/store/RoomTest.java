package dev.proxyherd.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.proxyherd.protocol.Cutoffs;
import dev.proxyherd.protocol.Location;
import dev.proxyherd.protocol.RandomLocations;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What a server takes in when as many clients are known as may be. */
class RoomTest {
    private static final int LIMIT = 32;

    private final LocationStore store = new LocationStore();
    private final List<String> warnings = new ArrayList<>();
    private final Room room = new Room(store, LIMIT, warnings::add);

    private static Location at(String client, String position, int time) {
        return RandomLocations.at("AT Welsh +0.000000001 " + client + ' ' + position + ' ' + time);
    }

    private static Location heavy(String client, int time) {
        return at(client, "+1." + "0".repeat(500) + "-1", time);
    }

    private static Location gone(String client) {
        return RandomLocations.at("GONE Welsh +0.000000001 " + client + " 9.000000000");
    }

    private boolean take(Location location) {
        boolean admitted = room.admits(location, Room.Door.LINK);
        if (admitted) {
            store.take(location);
        }
        return admitted;
    }

    private void fill() {
        for (int i = 0; i < LIMIT; i++) {
            assertThat(take(at("c" + i, "+1-1", 7))).isTrue();
        }
    }

    @Nested
    class WithoutRoom {
        @Test
        void noNewClientIsTaken() {
            fill();
            assertThat(take(at("new", "+1-1", 9))).isFalse();
            assertThat(room.free()).isZero();
            assertThat(room.isFull()).isTrue();
            assertThat(room.refused(Room.Door.LINK)).isEqualTo(1);
            assertThat(room.refused(Room.Door.REPORT)).isZero();
        }

        @Test
        void updatesOfKnownOnesAreButForThoseThatWeighMore() {
            fill();
            assertThat(take(at("c0", "+2-2", 8))).isTrue();
            assertThat(take(heavy("c0", 9))).isFalse();
            assertThat(store.find("c0").timeNanos()).isEqualTo(8_000_000_000L);
        }

        @Test
        void thatOneWasForgottenIsTakenWhetherItIsKnownOrNotAndFreesNothing() {
            fill();
            assertThat(take(gone("c0"))).isTrue();
            assertThat(store.find("c0").isGone()).isTrue();
            assertThat(room.free()).as("it has a client's weight").isZero();
            assertThat(take(gone("new"))).isTrue();
            assertThat(store.weight()).isEqualTo(LIMIT + 1);
            store.dropBefore(new Cutoffs(0, 10_000_000_000L));
            assertThat(room.free()).as("once they are past").isEqualTo(1);
        }

        @Test
        void whatDoesNotWinIsNoRefusal() {
            fill();
            assertThat(take(heavy("c0", 6))).as("older than what is known").isTrue();
            assertThat(room.refused(Room.Door.LINK)).isZero();
        }

        @Test
        void aLighterOneMakesRoom() {
            for (int i = 0; i < LIMIT; i += 3) {
                assertThat(take(heavy("h" + i, 7))).isTrue();
            }
            assertThat(take(at("new", "+1-1", 7))).isFalse();
            assertThat(take(at("h0", "+1-1", 8))).isTrue();
            assertThat(take(at("new", "+1-1", 7))).isTrue();
        }
    }

    @Nested
    class APerson {
        @Test
        void isToldOnceAndAgainWhenItHadRoomAndIsFullAgain() {
            fill();
            take(at("new", "+1-1", 9));
            take(at("newer", "+1-1", 9));
            assertThat(warnings).singleElement().asString().contains("--max-clients allows, " + LIMIT + ";");
            store.dropBefore(new Cutoffs(8_000_000_000L, 0));
            assertThat(room.free()).isEqualTo(LIMIT);
            assertThat(warnings).hasSize(2).last().asString().contains("room for new clients again");
            fill();
            take(at("new", "+1-1", 9));
            assertThat(warnings).hasSize(3);
        }

        @Test
        void isNotToldOfEveryClientThatComesAndGoes() {
            fill();
            take(at("new", "+1-1", 9));
            room.limit(LIMIT + 1);
            assertThat(room.isFull()).as("one place in 33 is free").isTrue();
            assertThat(room.free()).as("and may be used").isEqualTo(1);
            room.limit(LIMIT);
            take(at("new", "+1-1", 9));
            assertThat(warnings).hasSize(1);
        }
    }

    @Test
    void moreIsTakenOnceTheLimitIsRaisedAndWhatIsKnownStaysWhenItIsLowered() {
        fill();
        room.limit(2 * LIMIT);
        assertThat(room.isFull()).isFalse();
        assertThat(take(at("new", "+1-1", 9))).isTrue();
        room.limit(1);
        assertThat(room.free()).isZero();
        assertThat(store.size()).isEqualTo(LIMIT + 1);
        assertThat(take(at("new", "+2-2", 10))).isTrue();
    }

    @Test
    void asManyTooManyMayBeTakenAsThreadsComeAtOnce() throws Exception {
        int threads = 8;
        List<Thread> running = new ArrayList<>();
        CountDownLatch start = new CountDownLatch(1);
        for (int i = 0; i < threads; i++) {
            int self = i;
            running.add(Thread.ofPlatform().start(() -> {
                try {
                    start.await();
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
                for (int client = 0; client < 1000; client++) {
                    take(at("t" + self + "-" + client, "+1-1", 7));
                }
            }));
        }
        start.countDown();
        for (Thread thread : running) {
            thread.join();
        }
        assertThat(store.size()).isBetween(LIMIT, LIMIT + threads - 1);
    }
}
