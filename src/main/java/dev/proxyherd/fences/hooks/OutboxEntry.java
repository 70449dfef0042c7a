package dev.proxyherd.fences.hooks;

import org.jspecify.annotations.Nullable;

/**
 * A message that waits in the outbox. What is in a file is not held in memory, too. The outbox's lock guards where it is; whether
 * it has ended any thread may ask.
 */
final class OutboxEntry {
    private final long number;
    private final String fence;
    private final String client;
    private final long timeNanos;
    private final long queuedMillis;

    /** Null while it is in no file. */
    private @Nullable OutboxFile file;
    private long start;
    private int length;

    /** Null while it is in a file. */
    private @Nullable HookMessage message;
    private volatile boolean ended;

    private OutboxEntry(long number, HookMessage message) {
        this.number = number;
        this.fence = message.fence();
        this.client = message.client();
        this.timeNanos = message.timeNanos();
        this.queuedMillis = message.queuedMillis();
    }

    static OutboxEntry inFile(long number, HookMessage message, OutboxFile file, long start, int length) {
        OutboxEntry entry = new OutboxEntry(number, message);
        entry.moveTo(file, start, length);
        return entry;
    }

    /** For as long as the disk takes nothing. */
    static OutboxEntry inMemory(long number, HookMessage message) {
        OutboxEntry entry = new OutboxEntry(number, message);
        entry.message = message;
        return entry;
    }

    void moveTo(OutboxFile to, long newStart, int newLength) {
        if (file != null) {
            file.end(this);
        }
        file = to;
        start = newStart;
        length = newLength;
        message = null;
        to.begin(this);
    }

    long number() {
        return number;
    }

    String fence() {
        return fence;
    }

    /** Whose crossing it tells. */
    String client() {
        return client;
    }

    /** The client's time. */
    long timeNanos() {
        return timeNanos;
    }

    /** When it was put into the outbox, POSIX milliseconds; known though its line may not be readable. */
    long queuedMillis() {
        return queuedMillis;
    }

    @Nullable
    OutboxFile file() {
        return file;
    }

    long start() {
        return start;
    }

    /** Of its line, in bytes, with the LF. */
    int length() {
        return length;
    }

    @Nullable
    HookMessage message() {
        return message;
    }

    /** Whether it need not be sent any more. */
    boolean hasEnded() {
        return ended;
    }

    /** False if it has ended before. */
    boolean end() {
        if (ended) {
            return false;
        }
        ended = true;
        if (file != null) {
            file.end(this);
        }
        return true;
    }
}
