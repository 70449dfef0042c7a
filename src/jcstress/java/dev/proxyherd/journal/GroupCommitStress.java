package dev.proxyherd.journal;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.I_Result;

/** An answer waits for the disk while the journal goes from round to round. */
@JCStressTest
@Outcome(id = "1", expect = ACCEPTABLE, desc = "what was noted before the wait is written after it")
@Outcome(expect = FORBIDDEN, desc = "the wait ended with a round that had begun before")
@State
public class GroupCommitStress {
    private final GroupCommit rounds = new GroupCommit();
    private volatile int noted;
    private volatile int written;
    private volatile boolean answered;

    @Actor
    public void client(I_Result result) {
        noted = 1;
        rounds.awaitOne();
        result.r1 = written;
        answered = true;
    }

    @Actor
    public void journal() {
        while (!answered) {
            if (rounds.awaitNext() == GroupCommit.Work.ROUND) {
                written = noted;
                rounds.end(true);
            }
        }
    }
}
