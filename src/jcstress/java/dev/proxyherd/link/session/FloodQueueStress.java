package dev.proxyherd.link.session;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import dev.proxyherd.protocol.Location;
import dev.proxyherd.protocol.RandomLocations;
import dev.proxyherd.store.KeepBudget;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Mode;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.Signal;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;
import org.openjdk.jcstress.infra.results.I_Result;

/** What clients' threads, the link's and its reader do to a flood queue at the same time. */
public class FloodQueueStress {
    private static final String NONCE = "0".repeat(48);
    private static final Location OLD = location(1);
    private static final Location NEW = location(2);

    private FloodQueueStress() {
    }

    private static FloodQueue queue() {
        FloodQueue queue = new FloodQueue(new KeepBudget(() -> Integer.MAX_VALUE));
        queue.begin(queue, NONCE);
        return queue;
    }

    private static Location location(int time) {
        return RandomLocations.at("AT A +0.000000000 kiwi +1+1 " + time);
    }

    /** The times of what was drained, in seconds, as the digits of a number; 0 when there was nothing. */
    private static int drained(FloodQueue queue) {
        List<Location> drained = new ArrayList<>();
        queue.drain(drained, 10);
        return drained.stream().mapToInt(location -> (int) (location.timeNanos() / 1_000_000_000L))
                .reduce(0, (number, digit) -> 10 * number + digit);
    }

    /** A client moves twice while the link drains. */
    @JCStressTest
    @Outcome(id = {"0, 2", "1, 2", "2, 0"}, expect = ACCEPTABLE, desc = "the newest comes last, and once")
    @Outcome(expect = FORBIDDEN, desc = "the newest is lost, overtaken or there twice")
    @State
    public static class AClientThatMoves {
        private final FloodQueue queue = queue();

        @Actor
        public void client() {
            queue.offer(OLD.client(), OLD);
            queue.offer(NEW.client(), NEW);
        }

        @Actor
        public void link(II_Result result) {
            result.r1 = drained(queue);
        }

        @Arbiter
        public void nextTime(II_Result result) {
            result.r2 = drained(queue);
        }
    }

    /** A client moves while its old location comes back from the neighbour. */
    @JCStressTest
    @Outcome(id = "2", expect = ACCEPTABLE, desc = "what the neighbour does not have is told")
    @Outcome(expect = FORBIDDEN, desc = "it is forgotten")
    @State
    public static class AnOldEcho {
        private final FloodQueue queue = queue();

        public AnOldEcho() {
            queue.offer(OLD.client(), OLD);
        }

        @Actor
        public void client() {
            queue.offer(NEW.client(), NEW);
        }

        @Actor
        public void reader() {
            queue.forget(OLD, NONCE);
        }

        @Arbiter
        public void link(I_Result result) {
            result.r1 = drained(queue);
        }
    }

    /** Something is to be told while the link begins to wait. */
    @JCStressTest(Mode.Termination)
    @Outcome(id = "TERMINATED", expect = ACCEPTABLE, desc = "the link wakes")
    @Outcome(id = "STALE", expect = FORBIDDEN, desc = "it sleeps on")
    @State
    public static class AnOfferToOneWhoWaits {
        private final FloodQueue queue = queue();

        @Actor
        public void link() throws InterruptedException {
            queue.await(Duration.ofHours(1).toNanos());
        }

        @Signal
        public void client() {
            queue.offer(NEW.client(), NEW);
        }
    }

    /** The link is poked while it begins to rest. */
    @JCStressTest(Mode.Termination)
    @Outcome(id = "TERMINATED", expect = ACCEPTABLE, desc = "the link wakes")
    @Outcome(id = "STALE", expect = FORBIDDEN, desc = "it sleeps on")
    @State
    public static class APokeToOneWhoRests {
        private final FloodQueue queue = queue();

        @Actor
        public void link() throws InterruptedException {
            queue.rest(Duration.ofHours(1).toNanos());
        }

        @Signal
        public void reader() {
            queue.poke();
        }
    }
}
