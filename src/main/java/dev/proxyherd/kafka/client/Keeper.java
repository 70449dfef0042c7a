package dev.proxyherd.kafka.client;

import dev.proxyherd.journal.Journal;
import dev.proxyherd.journal.JournalMark;
import dev.proxyherd.kafka.Outbox;
import dev.proxyherd.kafka.Progress;
import dev.proxyherd.kafka.ProgressFile;
import dev.proxyherd.log.TrafficLog;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Keeps how far the topic was read and written, every few seconds. In this order: first where the reader is; then the
 * journal must have got all of that; then all that was known until then must be in the topic; and then it is written down. So
 * what is kept is never ahead of the journal, and whatever is not in the topic is in the journal after the mark. One platform
 * thread, which the disk may hold up.
 */
final class Keeper implements Runnable {
    private static final Duration INTERVAL = Duration.ofSeconds(2);

    private final Positions positions;
    private final BooleanSupplier isWhole;
    private final Outbox outbox;
    private final Journal journal;
    private final ProgressFile file;
    private final TrafficLog log;
    private @Nullable Progress next;
    private int nextLife;
    private @Nullable Progress last;
    private boolean turned;
    private boolean told;

    /** @param isWhole whether all that was read until now was taken in, up to the topic's end once */
    Keeper(Positions positions, BooleanSupplier isWhole, Outbox outbox, Journal journal, ProgressFile file,
            TrafficLog log) {
        this.positions = positions;
        this.isWhole = isWhole;
        this.outbox = outbox;
        this.journal = journal;
        this.file = file;
        this.log = log;
    }

    @Override
    public void run() {
        try {
            while (true) {
                Thread.sleep(INTERVAL);
                round();
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * One step: the mark is a round older than the turn, so that what was on its way from the journal to the outbox has arrived
     * there.
     */
    private void round() {
        Progress wanted = next;
        if (wanted == null) {
            next = now();
            turned = false;
        } else if (!turned) {
            turned = outbox.beginTurn();
        } else if (outbox.hasPassed()) {
            keep(wanted);
            next = now();
            turned = false;
        }
    }

    /** Once nothing is heard or read any more. */
    void finish() {
        if (outbox.isEmpty()) {
            Progress end = now();
            if (end != null) {
                keep(end);
            }
        }
    }

    private @Nullable Progress now() {
        String topic = positions.topic();
        if (topic == null || !isWhole.getAsBoolean()) {
            return null;
        }
        nextLife = positions.life();
        Map<Integer, Long> offsets = positions.offsets();
        JournalMark mark = journal.mark();
        return mark == null ? null : new Progress(topic, offsets, mark);
    }

    private void keep(Progress progress) {
        if (progress.equals(last) || nextLife != positions.life() || !isWhole.getAsBoolean()) {
            return;
        }
        try {
            file.write(progress, outbox);
            last = progress;
            told = false;
        } catch (IOException e) {
            if (!told) {
                told = true;
                log.warn("kafka: how far the topic was read cannot be written down: " + e.getMessage()
                        + "; until that works a restart reads more of it than it needs");
            }
        }
    }
}
