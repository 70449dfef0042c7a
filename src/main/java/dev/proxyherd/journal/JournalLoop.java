package dev.proxyherd.journal;

import java.time.Duration;

/** What the journal's thread does, from the replay to the end. */
final class JournalLoop implements Runnable {
    /** How long a file that had failed is written at the end. */
    private static final Duration FINISH_LIMIT = Duration.ofSeconds(10);

    private final JournalWriter writer;
    private final GroupCommit commit;
    private final Runnable whenReplayEnds;
    private final Readmission readmission;

    /**
     * @param whenReplayEnds runs first when the replay is over, whatever came of it
     * @param readmission opens the links then
     */
    JournalLoop(JournalWriter writer, GroupCommit commit, Runnable whenReplayEnds, Readmission readmission) {
        this.writer = writer;
        this.commit = commit;
        this.whenReplayEnds = whenReplayEnds;
        this.readmission = readmission;
    }

    @Override
    public void run() {
        try {
            replay();
            GroupCommit.Work next;
            do {
                next = commit.awaitNext();
                if (next == GroupCommit.Work.UPKEEP) {
                    guarded(writer::upkeep);
                } else {
                    round();
                }
                look(readmission::look);
            } while (next != GroupCommit.Work.LAST_ROUND);
            writer.finish(FINISH_LIMIT);
        } finally {
            writer.close();
        }
    }

    /** It has its turn after each round, so what goes wrong in one of them is tried again. */
    private static void look(Runnable readmission) {
        try {
            readmission.run();
        } catch (RuntimeException | Error e) {
            // As likely as not memory is out; there may not be enough to say so.
        }
    }

    /** Whatever goes wrong, even memory that runs out, waiting questions must be answered and links must start. */
    private void replay() {
        try {
            writer.replay(this::goesOn);
        } catch (RuntimeException | Error e) {
            fail(e);
        } finally {
            whenReplayEnds.run();
        }
        look(readmission::replayed);
    }

    /** In the middle of the replay: does the round that is due, if any, and says whether to go on. */
    private boolean goesOn() {
        if (commit.isClosing()) {
            return false;
        }
        if (commit.beginIfDue()) {
            round();
        }
        return true;
    }

    /** Whoever waits for a round does not wait for the upkeep. */
    private void round() {
        guarded(writer::round);
        commit.end(writer.hasWritten());
        guarded(writer::upkeep);
    }

    private void guarded(Runnable step) {
        try {
            step.run();
        } catch (RuntimeException | Error e) {
            fail(e);
        }
    }

    /** Where memory is out there may be too little to fail in an orderly way; the thread must go on, for answers wait for it. */
    private void fail(Throwable e) {
        try {
            writer.fail(e);
        } catch (RuntimeException | Error again) {
            // The file is closed; the next round begins a new one, or fails again.
        }
    }
}
