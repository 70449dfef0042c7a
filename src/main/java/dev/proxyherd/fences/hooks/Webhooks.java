package dev.proxyherd.fences.hooks;

import dev.proxyherd.fences.Crossing;
import dev.proxyherd.fences.CrossingListener;
import dev.proxyherd.fences.Fences;
import dev.proxyherd.io.OwnerOnly;
import dev.proxyherd.log.Endless;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Sends the crossings that one server tells to the addresses of their fences. They count as told once they are in the outbox. Of
 * each fence one message is on its way at a time, the oldest, on a virtual thread that there is while the fence has any; so
 * receivers that do not answer hold up their own fences only, unless {@value #MOST_AT_ONCE} messages wait for their answers.
 */
public final class Webhooks implements CrossingListener, AutoCloseable {
    /** How long a message is tried. */
    public static final Duration PATIENCE = Duration.ofDays(3);

    /**
     * So many messages, to all receivers together, at once: each takes a connection, and memory. While as many receivers do not
     * answer, others' messages wait for them, up to the limit of an answer.
     */
    static final int MOST_AT_ONCE = 256;

    /** Of so many receivers it is shown why they take nothing; the others are counted. */
    private static final int MOST_SHOWN = 10;

    private static final Duration UPKEEP = Duration.ofSeconds(1);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(2);

    private final HookSettings settings;
    private final Function<Crossing, String> json;
    private final HookAddresses addresses;
    private final HookDelivery delivery;
    private final Outbox outbox;
    private final ExecutorService senders = Executors.newVirtualThreadPerTaskExecutor();
    private final Thread upkeep;
    private final Map<String, Receiver> receivers = new ConcurrentHashMap<>();
    private final Semaphore onTheirWay = new Semaphore(MOST_AT_ONCE, true);
    private final ForgottenClients forgotten = new ForgottenClients();
    private final LongAdder delivered = new LongAdder();
    private final CountDownLatch stop = new CountDownLatch(1);
    private final ReentrantLock lock = new ReentrantLock();

    /** What waits of each fence of which something does, the oldest first; the lock guards it. */
    private final Map<String, ArrayDeque<OutboxEntry>> lanes = new HashMap<>();

    private Webhooks(HookSettings settings, Supplier<Fences> fences, Function<Crossing, String> json, Outbox outbox) {
        this.settings = settings;
        this.json = json;
        this.addresses = new HookAddresses(fences);
        this.delivery = new HookDelivery(settings.key(), settings.clock(), settings.answerLimit());
        this.outbox = outbox;
        this.upkeep = Thread.ofPlatform().daemon().name("webhooks")
                .unstarted(new Endless("webhooks", settings.faults(), this::lookAfterFiles));
    }

    /**
     * Opens the outbox, and begins to send what an earlier run has left in it.
     *
     * @param fences gives the fences, whenever they are asked for
     * @param json what is told of a crossing, on one line
     * @throws IOException if the outbox cannot be opened; the message names it
     */
    public static Webhooks open(HookSettings settings, Supplier<Fences> fences, Function<Crossing, String> json)
            throws IOException {
        if (fences.get().areas().stream().anyMatch(area -> area.fence().webhook() != null)) {
            // Else with the first message; but now is when it can be told that this cannot be done.
            OwnerOnly.makeFolder(settings.folder());
        }
        Outbox outbox = Outbox.open(settings.folder(), settings.outboxBytes(), settings.sync(), settings.warnings());
        Webhooks webhooks = new Webhooks(settings, fences, json, outbox);
        webhooks.upkeep.start();
        webhooks.send(outbox.waiting());
        return webhooks;
    }

    @Override
    public void crossed(List<Crossing> crossings) {
        long now = settings.clock().millis();
        List<HookMessage> messages = crossings.stream().filter(crossing -> addresses.of(crossing.fence().id()) != null)
                .map(crossing -> message(crossing, now)).toList();
        if (!messages.isEmpty()) {
            send(outbox.add(messages));
        }
    }

    /**
     * What waits of a client is sent no more, and is gone from the disk within some seconds. Any thread; waits for nothing.
     *
     * @param timeNanos what is of no later time of the client's is forgotten, POSIX nanoseconds
     */
    public void forget(String client, long timeNanos) {
        forgotten.note(client, timeNanos);
    }

    private HookMessage message(Crossing crossing, long now) {
        String body = "{\"type\":\"fence." + crossing.kind().text() + "\",\"timestamp\":\"" + settings.clock().instant()
                + "\",\"data\":" + json.apply(crossing) + '}';
        return new HookMessage(crossing.id(), crossing.fence().id(), crossing.client(), crossing.report().timeNanos(),
                now, body);
    }

    private void send(List<OutboxEntry> entries) {
        lock.lock();
        try {
            for (OutboxEntry entry : entries) {
                ArrayDeque<OutboxEntry> lane = lanes.get(entry.fence());
                if (lane == null) {
                    // It waits for this lock before it looks.
                    senders.execute(() -> sendAll(entry.fence()));
                    lane = new ArrayDeque<>();
                    lanes.put(entry.fence(), lane);
                }
                lane.add(entry);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Sends what waits of a fence, until nothing does. */
    private void sendAll(String fence) {
        Thread.currentThread().setName("webhook-" + fence);
        try {
            for (OutboxEntry entry = next(fence, null); entry != null && stop.getCount() > 0; entry =
                    next(fence, entry)) {
                send(entry);
            }
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }

    /** The next to send, after one that is done with; null where there is none, and then this thread ends. */
    private @Nullable OutboxEntry next(String fence, @Nullable OutboxEntry done) {
        lock.lock();
        try {
            ArrayDeque<OutboxEntry> lane = Objects.requireNonNull(lanes.get(fence), "is there while its thread is");
            if (done != null) {
                lane.remove();
            }
            OutboxEntry next = lane.peek();
            if (next == null) {
                lanes.remove(fence);
            }
            return next;
        } finally {
            lock.unlock();
        }
    }

    private void send(OutboxEntry entry) throws InterruptedException {
        HookBackoff backoff = new HookBackoff(settings.firstWait(), settings.random());
        boolean stopped = false;
        while (!entry.hasEnded() && !stopped) {
            Duration wait;
            try {
                wait = tryOnce(entry, backoff);
            } catch (IOException | RuntimeException | Error fault) {
                // Where it was given up meanwhile its file is gone, and that is all right.
                if (!entry.hasEnded()) {
                    settings.faults().survived("webhooks", fault);
                }
                wait = backoff.next(null);
            }
            stopped = !entry.hasEnded() && stop.await(wait.toNanos(), TimeUnit.NANOSECONDS);
        }
    }

    /** One try, or the end of all; says how long to wait before the next. */
    private Duration tryOnce(OutboxEntry entry, HookBackoff backoff) throws IOException, InterruptedException {
        if (forgotten.cover(entry)) {
            outbox.sent(entry);
            return Duration.ZERO;
        }
        HookAddresses.Target target = addresses.of(entry.fence());
        if (target == null || settings.clock().millis() - entry.queuedMillis() > PATIENCE.toMillis()) {
            outbox.abandon(entry);
            return Duration.ZERO;
        }
        Receiver receiver = receivers.computeIfAbsent(Receiver.nameOf(target.address()),
                name -> new Receiver(target.address(), onTheirWay, settings.warnings()));
        HookDelivery.Outcome outcome;
        receiver.enter();
        try {
            if (!target.equals(addresses.of(entry.fence()))) {
                // That may have taken hours, and the file is another one now, or the receiver wants no more.
                return Duration.ZERO;
            }
            // Not before, so that no more of them are in memory than on their way.
            HookMessage message = outbox.read(entry);
            if (message == null) {
                outbox.abandon(entry);
                return Duration.ZERO;
            }
            outcome = delivery.attempt(target.address(), message);
        } finally {
            receiver.leave();
        }
        // A 410 to what was sent by the file before is of no account.
        if (!outcome.isFinal() || addresses.close(target)) {
            note(entry, receiver, outcome);
        }
        return backoff.next(outcome.retryAfter());
    }

    private void note(OutboxEntry entry, Receiver receiver, HookDelivery.Outcome outcome) {
        receiver.tried(entry.fence(), outcome);
        if (outcome.failure() == null) {
            outbox.sent(entry);
            delivered.increment();
        } else if (outcome.isFinal()) {
            outbox.abandon(entry);
        }
    }

    private boolean lookAfterFiles() throws InterruptedException {
        boolean stopped = stop.await(UPKEEP.toNanos(), TimeUnit.NANOSECONDS);
        receivers.forEach((name, receiver) -> receiver.keepOnly(fence -> isOpen(name, fence)));
        receivers.keySet().retainAll(addresses.receivers());
        Map<String, Long> gone = forgotten.turn();
        if (!gone.isEmpty()) {
            outbox.forget(gone);
        }
        outbox.upkeep();
        return !stopped;
    }

    /** Whether it is still of interest how a fence's last message went: there are more, or none will be sent. */
    private boolean isOpen(String receiver, String fence) {
        lock.lock();
        try {
            return receiver.equals(addresses.receiverOf(fence))
                    && (lanes.containsKey(fence) || addresses.of(fence) == null);
        } finally {
            lock.unlock();
        }
    }

    /** How it goes; waits for nothing, and for no disk. */
    public HookStatus status() {
        List<String> failures = receivers.values().stream().map(Receiver::failure).filter(Objects::nonNull)
                .map(String::valueOf).sorted().toList();
        Outbox.State kept = outbox.state();
        return new HookStatus(kept.waiting(), kept.bytes(), delivered.sum(), kept.givenUp(), failures.size(),
                failures.subList(0, Math.min(failures.size(), MOST_SHOWN)), kept.failure());
    }

    /** Ends what is on its way, which will be sent again, and closes the outbox; takes seconds at most. */
    @Override
    public void close() {
        // Nothing is interrupted: Java closes a file whose reader or writer is.
        stop.countDown();
        delivery.close();
        receivers.values().forEach(Receiver::open);
        onTheirWay.release(Integer.MAX_VALUE / 2);
        senders.shutdown();
        try {
            senders.awaitTermination(STOP_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
            upkeep.join(STOP_LIMIT);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        outbox.close();
    }
}
