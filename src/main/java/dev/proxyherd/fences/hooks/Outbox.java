package dev.proxyherd.fences.hooks;

import dev.proxyherd.io.FileReason;
import dev.proxyherd.io.OwnerOnly;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Messages that are to be sent, on the disk until they were, in files that are only added to. A file goes when none of its
 * messages waits any more; where few of them do, these are carried over to the newest file first. When there is no room the
 * oldest messages are given up. Any thread may call it; a lock is held while files are written.
 *
 * <p>While the disk takes nothing, messages wait in memory, {@value #MOST_IN_MEMORY} at most, and are written when it does.
 */
public final class Outbox implements AutoCloseable {
    static final int MOST_IN_MEMORY = 10_000;

    /** Of the room that there is, a file takes one such part. */
    private static final int FILES = 16;

    /** A file is rewritten when one such part of it waits, or less. */
    private static final int FEW = 4;

    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(5);

    /** When files are synced. */
    public enum Sync {
        AT_ONCE, SOON, NEVER
    }

    private final Path folder;
    private final long limit;
    private final Sync sync;
    private final Consumer<String> warnings;
    private final ReentrantLock lock = new ReentrantLock();
    private final Deque<OutboxFile> files;
    private final NavigableMap<Long, OutboxEntry> waiting;
    private final Deque<OutboxEntry> inMemory = new ArrayDeque<>();
    private final List<OutboxLine.Done> done = new ArrayList<>();
    private long nextNumber;
    private long nextFile;
    private @Nullable OutboxFile newest;
    private long givenUp;
    private boolean tellsOfRoom = true;
    private @Nullable String failure;

    private Outbox(Path folder, long limit, Sync sync, Consumer<String> warnings, OutboxReader found) {
        this.folder = folder;
        this.limit = limit;
        this.sync = sync;
        this.warnings = warnings;
        this.files = found.files();
        this.waiting = found.waiting();
        this.nextNumber = found.last() + 1;
        this.nextFile = found.lastFile() + 1;
        if (found.damaged() > 0) {
            warnings.accept(
                    "outbox: " + found.damaged() + " lines in " + folder + " were damaged, and are passed over");
        }
    }

    /**
     * Opens an outbox, or makes it.
     *
     * @param limit how much disk it may take, in bytes
     * @param warnings is told when messages are given up, and when the disk takes none
     * @throws IOException if that cannot be done; what it holds is as it was
     */
    static Outbox open(Path folder, long limit, Sync sync, Consumer<String> warnings) throws IOException {
        OwnerOnly.makeFolder(folder);
        return new Outbox(folder, limit, sync, warnings, new OutboxReader(folder));
    }

    /** What is to be sent, the oldest first. */
    List<OutboxEntry> waiting() {
        lock.lock();
        try {
            return List.copyOf(waiting.values());
        } finally {
            lock.unlock();
        }
    }

    /** Takes messages in; when this returns they are as safe as they are to be before they count as told. */
    List<OutboxEntry> add(List<HookMessage> messages) {
        lock.lock();
        try {
            List<OutboxEntry> added = new ArrayList<>();
            for (HookMessage message : messages) {
                OutboxEntry entry = OutboxEntry.inMemory(nextNumber, message);
                nextNumber++;
                inMemory.add(entry);
                waiting.put(entry.number(), entry);
                added.add(entry);
            }
            if (failure == null) {
                // Else the upkeep tries: whoever adds need not wait for a disk that takes nothing each time.
                write(false);
            }
            while (inMemory.size() > MOST_IN_MEMORY) {
                giveUp(inMemory.getFirst());
            }
            return added;
        } finally {
            lock.unlock();
        }
    }

    /** Puts into a file what is to be there, if the disk lets it; looks after all files, too, if asked to. */
    private void write(boolean tidies) {
        try {
            writeMessages(List.copyOf(inMemory));
            inMemory.clear();
            if (tidies) {
                tidy();
            }
            if (sync == Sync.AT_ONCE || (tidies && sync == Sync.SOON)) {
                for (OutboxFile file : files) {
                    file.sync();
                }
            }
            if (failure != null) {
                warnings.accept("outbox: " + folder + " takes messages again");
                failure = null;
            }
        } catch (IOException e) {
            String reason = FileReason.of(folder, e);
            if (!reason.equals(failure)) {
                warnings.accept("outbox: " + reason + "; messages to webhooks wait in memory, " + MOST_IN_MEMORY
                        + " at most, until the disk takes them");
            }
            failure = reason;
        }
    }

    private void writeMessages(List<OutboxEntry> entries) throws IOException {
        if (entries.isEmpty() && done.isEmpty()) {
            return;
        }
        ByteArrayOutputStream lines = new ByteArrayOutputStream();
        for (OutboxLine line : done) {
            lines.writeBytes(OutboxLine.write(line));
        }
        int[] lengths = new int[entries.size()];
        for (int i = 0; i < lengths.length; i++) {
            byte[] line = line(entries.get(i));
            lengths[i] = line.length;
            lines.writeBytes(line);
        }
        OutboxFile file = newest();
        long start = file.append(lines.toByteArray()) + lines.size();
        done.clear();
        for (int i = lengths.length - 1; i >= 0; i--) {
            start -= lengths[i];
            OutboxFile before = entries.get(i).file();
            if (before != null) {
                before.end(entries.get(i));
            }
            entries.get(i).moveTo(file, start, lengths[i]);
        }
        makeRoom();
    }

    private byte[] line(OutboxEntry entry) throws IOException {
        OutboxFile file = entry.file();
        return file == null
                ? OutboxLine.write(new OutboxLine.Send(entry.number(), Objects.requireNonNull(entry.message())))
                : file.read(entry.start(), entry.length());
    }

    /** After a start a new one: a crash may have left part of a line at the end of the last. */
    private OutboxFile newest() throws IOException {
        OutboxFile file = newest;
        if (file == null || file.bytes() >= limit / FILES) {
            file = OutboxFile.open(OutboxReader.file(folder, nextFile));
            nextFile++;
            files.add(file);
            if (sync != Sync.NEVER) {
                OutboxFile.syncFolder(folder);
            }
            newest = file;
        }
        return file;
    }

    private void makeRoom() throws IOException {
        while (files.getFirst() != newest && bytes() > limit) {
            OutboxFile oldest = files.getFirst();
            long before = givenUp;
            for (OutboxEntry entry : List.copyOf(waiting.values())) {
                if (entry.file() == oldest) {
                    giveUp(entry);
                }
            }
            if (givenUp > before && tellsOfRoom) {
                tellsOfRoom = false;
                warnings.accept("outbox: " + folder + " has reached --outbox-size: the oldest messages to webhooks are "
                        + "given up, " + (givenUp - before) + " now; some receiver has not taken any for long");
            }
            files.removeFirst().delete();
        }
    }

    private void giveUp(OutboxEntry entry) {
        if (remove(entry)) {
            givenUp++;
        }
    }

    private boolean remove(OutboxEntry entry) {
        waiting.remove(entry.number());
        inMemory.remove(entry);
        return entry.end();
    }

    private @Nullable HookMessage messageOf(OutboxEntry entry) throws IOException {
        OutboxFile file = entry.file();
        if (file == null) {
            return entry.message();
        }
        byte[] line = file.read(entry.start(), entry.length() - 1);
        return OutboxLine.parse(new String(line, StandardCharsets.UTF_8)) instanceof OutboxLine.Send send
                ? send.message() : null;
    }

    /**
     * A message that waits; null if it was damaged on the disk since.
     *
     * @throws IOException if it cannot be read
     */
    @Nullable
    HookMessage read(OutboxEntry entry) throws IOException {
        lock.lock();
        try {
            return messageOf(entry);
        } finally {
            lock.unlock();
        }
    }

    /** A message was sent; that is written down soon, and after a crash it may be sent again. */
    void sent(OutboxEntry entry) {
        lock.lock();
        try {
            // Of what was never in a file no file need be told.
            if (remove(entry) && entry.file() != null) {
                done.add(new OutboxLine.Done(entry.number()));
            }
        } finally {
            lock.unlock();
        }
    }

    /** A message is sent no more, though it has not arrived. */
    void abandon(OutboxEntry entry) {
        lock.lock();
        try {
            if (!entry.hasEnded()) {
                givenUp++;
            }
            sent(entry);
        } finally {
            lock.unlock();
        }
    }

    /** What is to be done now and then: writes down what was sent, syncs, and lets files go that hold nothing any more. */
    void upkeep() {
        lock.lock();
        try {
            write(true);
        } finally {
            lock.unlock();
        }
    }

    private void tidy() throws IOException {
        // The oldest go first: what is written of their messages later must not be gone before them.
        while (!files.isEmpty() && files.getFirst() != newest && files.getFirst().waiting() == 0) {
            files.removeFirst().delete();
        }
        OutboxFile oldest = files.peekFirst();
        if (files.size() > 2 && oldest != null && oldest.waitingBytes() <= oldest.bytes() / FEW) {
            writeMessages(waiting.values().stream().filter(entry -> entry.file() == oldest).toList());
        }
        tellsOfRoom |= bytes() < limit / 2;
    }

    /** How many messages wait. */
    int size() {
        lock.lock();
        try {
            return waiting.size();
        } finally {
            lock.unlock();
        }
    }

    /** How much disk it takes, in bytes. */
    long bytes() {
        lock.lock();
        try {
            return files.stream().mapToLong(OutboxFile::bytes).sum();
        } finally {
            lock.unlock();
        }
    }

    /** How many messages were given up since the server started. */
    long givenUp() {
        lock.lock();
        try {
            return givenUp;
        } finally {
            lock.unlock();
        }
    }

    /** Why the disk takes no messages; null if it does. */
    @Nullable
    String failure() {
        lock.lock();
        try {
            return failure;
        } finally {
            lock.unlock();
        }
    }

    /** Writes down what was sent, unless the disk hangs. */
    @Override
    public void close() {
        try {
            if (!lock.tryLock(CLOSE_LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return;
        }
        try {
            upkeep();
            for (OutboxFile file : files) {
                file.close();
            }
        } catch (IOException ignored) {
            // What was to be safe has been synced.
        } finally {
            lock.unlock();
        }
    }
}
