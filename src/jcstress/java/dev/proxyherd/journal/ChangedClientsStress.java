package dev.proxyherd.journal;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import dev.proxyherd.protocol.Location;
import dev.proxyherd.protocol.RandomLocations;
import dev.proxyherd.store.Slot;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;
import org.openjdk.jcstress.infra.results.ZZ_Result;

/** What a client's thread and the journal's do to the changed clients at the same time. */
public class ChangedClientsStress {
    private ChangedClientsStress() {
    }

    private static Slot slot(int time) {
        return new Slot(RandomLocations.at("AT A +0.000000000 kiwi +1+1 " + time));
    }

    /** The time of the last location drained, in seconds; 0 when there was none. */
    private static int drained(ChangedClients changed) {
        int[] time = new int[1];
        try {
            changed.drain(location -> time[0] = (int) (location.timeNanos() / 1_000_000_000L));
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return time[0];
    }

    /** A client that is noted already moves on while the journal drains. */
    @JCStressTest
    @Outcome(id = "1, 2", expect = ACCEPTABLE, desc = "the old location, and the new one next time")
    @Outcome(id = "2, 0", expect = ACCEPTABLE, desc = "the new one at once")
    @Outcome(id = "2, 2", expect = ACCEPTABLE, desc = "the new one at once, and once more")
    @Outcome(expect = FORBIDDEN, desc = "the new location is lost")
    @State
    public static class AChangeDuringADrain {
        private static final Location OLD = RandomLocations.at("AT A +0.000000000 kiwi +1+1 1");
        private static final Location NEW = RandomLocations.at("AT A +0.000000000 kiwi +1+1 2");

        private final ChangedClients changed = new ChangedClients(false);
        private final Slot slot = new Slot(OLD);

        public AChangeDuringADrain() {
            changed.note(slot);
        }

        @Actor
        public void client() {
            slot.replace(OLD, NEW);
            changed.note(slot);
        }

        @Actor
        public void journal(II_Result result) {
            result.r1 = drained(changed);
        }

        @Arbiter
        public void nextTime(II_Result result) {
            result.r2 = drained(changed);
        }
    }

    /** Two clients are noted at once. */
    @JCStressTest
    @Outcome(id = "2, 0", expect = ACCEPTABLE, desc = "both are there, once each")
    @Outcome(expect = FORBIDDEN, desc = "one is lost, or there twice")
    @State
    public static class TwoClients {
        private final ChangedClients changed = new ChangedClients(false);
        private final Slot one = slot(1);
        private final Slot other = slot(1);

        @Actor
        public void one() {
            changed.note(one);
        }

        @Actor
        public void other() {
            changed.note(other);
        }

        @Arbiter
        public void journal(II_Result result) {
            try {
                changed.drain(location -> result.r1++);
                changed.drain(location -> result.r2++);
            } catch (IOException impossible) {
                throw new UncheckedIOException(impossible);
            }
        }
    }

    /** Two threads want to add the same slot. */
    @JCStressTest
    @Outcome(id = {"true, false", "false, true"}, expect = ACCEPTABLE, desc = "one of them does")
    @Outcome(expect = FORBIDDEN, desc = "both do, or none")
    @State
    public static class ASlot {
        private final Slot bottom = slot(1);
        private final Slot slot = slot(1);

        @Actor
        public void one(ZZ_Result result) {
            result.r1 = slot.claim(bottom);
        }

        @Actor
        public void other(ZZ_Result result) {
            result.r2 = slot.claim(bottom);
        }
    }
}
