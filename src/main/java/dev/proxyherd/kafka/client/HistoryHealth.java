package dev.proxyherd.kafka.client;

import dev.proxyherd.kafka.HistoryQueue;
import dev.proxyherd.log.TrafficLog;
import dev.proxyherd.status.HistoryStatus;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** How a history is doing, for whoever asks: what was written and what was not. */
final class HistoryHealth {
    /** That reports are left out is told at once, and how many again after so long. */
    private static final long TELL_NANOS = TimeUnit.MINUTES.toNanos(1);

    private final HistoryQueue queue;
    private final TrafficLog log;
    private final Trouble trouble;
    private final AtomicLong taken = new AtomicLong();
    private final AtomicLong written = new AtomicLong();
    private final AtomicLong refused = new AtomicLong();

    /** The writer's thread only. */
    private long told;
    private long toldAt;

    HistoryHealth(HistoryQueue queue, TrafficLog log) {
        this.queue = queue;
        this.log = log;
        this.trouble = new Trouble(log, "the history is not written", "the history is written again");
    }

    /** So many were taken off the queue. */
    void taken(int reports) {
        taken.addAndGet(reports);
    }

    /** One is in the topic. */
    void written() {
        written.incrementAndGet();
    }

    /** One will never be. */
    void refused(Exception why) {
        if (refused.getAndIncrement() == 0) {
            log.warn("kafka: a report is left out of the history, for Kafka refuses it: " + why.getMessage());
        }
    }

    boolean isWell() {
        return trouble.words() == null;
    }

    void works() {
        trouble.isOver();
    }

    void cannotWrite(String why) {
        trouble.is(why);
    }

    /** Tells of reports that there was no room for, unless that was told just now; the writer's thread. */
    void tellLeftOut() {
        long now = System.nanoTime();
        long leftOut = queue.leftOut();
        if (leftOut > told && (told == 0 || now - toldAt > TELL_NANOS)) {
            told = leftOut;
            toldAt = now;
            log.warn("kafka: reports are left out of the history, for more than " + HistoryQueue.CAPACITY
                    + " wait to be written: " + leftOut + " so far");
        }
    }

    /** The writer has ended. */
    void ended() {
        long left = queued();
        if (left > 0 || queue.leftOut() > 0) {
            log.warn("kafka: " + (left + queue.leftOut()) + " reports are not in the history, " + left
                    + " of which were still to be written when this server stopped");
        }
    }

    private long queued() {
        return queue.size() + Math.max(0, taken.get() - written.get() - refused.get());
    }

    HistoryStatus status(String topic) {
        return new HistoryStatus(topic, queued(), written.get(), queue.leftOut() + refused.get(), trouble.words());
    }
}
