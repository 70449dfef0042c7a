package dev.proxyherd.fences.hooks;

import dev.proxyherd.io.FileReason;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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

    /** So many messages are carried over in one write. */
    private static final int MOST_AT_ONCE = 1_000;

    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(5);

    /** When files are synced. */
    public enum Sync {
        AT_ONCE, SOON, NEVER
    }

    private final Path folder;
    private final Sync sync;
    private final Consumer<String> warnings;
    private final ReentrantLock lock = new ReentrantLock();
    private final OutboxFiles files;
    private final NavigableMap<Long, OutboxEntry> waiting;
    private final Deque<OutboxEntry> inMemory = new ArrayDeque<>();
    private final List<OutboxLine.Done> done = new ArrayList<>();
    private long nextNumber;
    private long givenUp;
    private boolean tellsOfRoom = true;
    private @Nullable String failure;

    /** As of the last time that somebody was done with the files: who asks does not wait for a disk that hangs. */
    private volatile State state = new State(0, 0, 0, null);

    /**
     * How an outbox is.
     *
     * @param waiting how many messages wait
     * @param bytes how much disk it takes
     * @param givenUp how many messages were given up since the server started
     * @param failure why the disk takes no messages; null if it does
     */
    record State(int waiting, long bytes, long givenUp, @Nullable String failure) {
    }

    /** A message, and its line with the LF. */
    private record Draft(OutboxEntry entry, byte[] line) {
    }

    private Outbox(Path folder, long limit, Sync sync, Consumer<String> warnings, OutboxReader found) {
        this.folder = folder;
        this.sync = sync;
        this.warnings = warnings;
        this.files = new OutboxFiles(folder, limit, sync, found);
        this.waiting = found.waiting();
        this.nextNumber = found.last() + 1;
        if (found.damaged() > 0) {
            warnings.accept(
                    "outbox: " + found.damaged() + " lines in " + folder + " were damaged, and are passed over");
        }
        this.state = stateNow();
    }

    /**
     * Opens an outbox; its folder is made with the first message.
     *
     * @param limit how much disk it may take, in bytes
     * @param warnings is told when messages are given up, and when the disk takes none
     * @throws IOException if that cannot be done; what it holds is as it was
     */
    static Outbox open(Path folder, long limit, Sync sync, Consumer<String> warnings) throws IOException {
        return new Outbox(folder, limit, sync, warnings, new OutboxReader(folder));
    }

    /**
     * How many messages wait in an outbox that nobody opens.
     *
     * @throws IOException if it cannot be read
     */
    public static int left(Path folder) throws IOException {
        OutboxReader found = new OutboxReader(folder);
        for (OutboxFile file : found.files()) {
            file.close();
        }
        return found.waiting().size();
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
            unlock();
        }
    }

    /** Puts into a file what is to be there, if the disk lets it; looks after all files, too, if asked to. */
    private void write(boolean tidies) {
        try {
            append(inMemory.stream().map(entry -> new Draft(entry, OutboxLine.write(
                    new OutboxLine.Send(entry.number(), Objects.requireNonNull(entry.message()))))).toList());
            inMemory.clear();
            makeRoom();
            if (tidies) {
                files.deleteEmpty();
                carryOver();
                tellsOfRoom |= files.isHalfEmpty();
            }
            if (sync == Sync.AT_ONCE || (tidies && sync == Sync.SOON)) {
                files.sync();
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

    private void append(List<Draft> drafts) throws IOException {
        if (drafts.isEmpty() && done.isEmpty()) {
            return;
        }
        ByteArrayOutputStream lines = new ByteArrayOutputStream();
        done.forEach(line -> lines.writeBytes(OutboxLine.write(line)));
        int before = lines.size();
        drafts.forEach(draft -> lines.writeBytes(draft.line));
        OutboxFile file = files.newest();
        long start = file.append(lines.toByteArray()) + before;
        done.clear();
        for (Draft draft : drafts) {
            draft.entry.moveTo(file, start, draft.line.length);
            start += draft.line.length;
        }
    }

    private void makeRoom() throws IOException {
        OutboxFile oldest = files.oneTooMany();
        while (oldest != null) {
            String most = fenceOfMost();
            List<OutboxEntry> lost = waitingIn(oldest);
            lost.forEach(this::giveUp);
            if (!lost.isEmpty() && tellsOfRoom) {
                tellsOfRoom = false;
                warnings.accept("outbox: " + folder + " has reached --outbox-size: the oldest messages to webhooks are "
                        + "given up, " + lost.size() + " now; most that wait are of the fence '" + most + "'");
            }
            files.deleteOldest();
            oldest = files.oneTooMany();
        }
    }

    private List<OutboxEntry> waitingIn(OutboxFile file) {
        return waiting.values().stream().filter(entry -> entry.file() == file).toList();
    }

    /** Writes once more what waits in the oldest file, if few do, or it is to go soon. */
    private void carryOver() throws IOException {
        OutboxFile from = files.toCarryOver();
        if (from == null) {
            return;
        }
        List<OutboxEntry> entries = waitingIn(from);
        for (int i = 0; i < entries.size(); i += MOST_AT_ONCE) {
            List<Draft> drafts = new ArrayList<>();
            for (OutboxEntry entry : entries.subList(i, Math.min(i + MOST_AT_ONCE, entries.size()))) {
                try {
                    drafts.add(new Draft(entry, from.read(entry.start(), entry.length())));
                } catch (IOException unreadable) {
                    // Whoever sends it tells of that, and when it is given up at last, its file goes.
                    return;
                }
            }
            append(drafts);
        }
    }

    private String fenceOfMost() {
        Map<String, Integer> counts = new HashMap<>();
        waiting.values().forEach(entry -> counts.merge(entry.fence(), 1, Integer::sum));
        return counts.isEmpty() ? "" : Collections.max(counts.entrySet(), Map.Entry.comparingByValue()).getKey();
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
            unlock();
        }
    }

    /**
     * Drops what waits of clients that were forgotten, and sees that nothing of them stays in the files: of these each {@link
     * #upkeep} lets one go.
     *
     * @param clients until which time of theirs they are forgotten, POSIX nanoseconds
     */
    void forget(Map<String, Long> clients) {
        lock.lock();
        try {
            List.copyOf(waiting.values()).stream().filter(entry -> ForgottenClients.covers(clients, entry))
                    .forEach(this::sent);
            files.outdate();
        } finally {
            unlock();
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
            unlock();
        }
    }

    /** What is to be done now and then: writes down what was sent, syncs, and lets files go that hold nothing any more. */
    void upkeep() {
        lock.lock();
        try {
            write(true);
        } finally {
            unlock();
        }
    }

    private State stateNow() {
        return new State(waiting.size(), files.bytes(), givenUp, failure);
    }

    private void unlock() {
        try {
            state = stateNow();
        } finally {
            lock.unlock();
        }
    }

    /** How it is; waits for nothing. */
    State state() {
        return state;
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
            files.close();
        } catch (IOException ignored) {
            // What was to be safe has been synced.
        } finally {
            lock.unlock();
        }
    }
}
