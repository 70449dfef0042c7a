package dev.proxyherd.fences.hooks;

import dev.proxyherd.fences.Crossing;
import dev.proxyherd.fences.CrossingListener;
import dev.proxyherd.fences.Fences;
import dev.proxyherd.log.Endless;
import java.io.IOException;
import java.net.URI;
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
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Sends the crossings that one server tells to the addresses of their fences. They count as told once they are in the outbox. Of
 * each fence one message is on its way at a time, the oldest, on a virtual thread that there is while the fence has any; so one
 * receiver that does not answer holds up its own fences only.
 */
public final class Webhooks implements CrossingListener, AutoCloseable {
    /** How long a message is tried. */
    public static final Duration PATIENCE = Duration.ofDays(3);

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

    private HookMessage message(Crossing crossing, long now) {
        String body = "{\"type\":\"fence." + crossing.kind().text() + "\",\"timestamp\":\"" + settings.clock().instant()
                + "\",\"data\":" + json.apply(crossing) + '}';
        return new HookMessage(crossing.id(), crossing.fence().id(), now, body);
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
        HookMessage message = outbox.read(entry);
        URI address = addresses.of(entry.fence());
        if (message == null || address == null
                || settings.clock().millis() - message.queuedMillis() > PATIENCE.toMillis()) {
            outbox.abandon(entry);
            return Duration.ZERO;
        }
        Receiver receiver = receivers.computeIfAbsent(Receiver.nameOf(address),
                name -> new Receiver(address, settings.warnings()));
        HookDelivery.Outcome outcome;
        receiver.enter();
        try {
            if (!address.equals(addresses.of(entry.fence()))) {
                // That may have taken hours, and the file is another one now, or the receiver wants no more.
                return Duration.ZERO;
            }
            outcome = delivery.attempt(address, message);
        } finally {
            receiver.leave();
        }
        receiver.tried(outcome);
        if (outcome.failure() == null) {
            outbox.sent(entry);
            delivered.increment();
        } else if (outcome.isFinal()) {
            addresses.close(address);
            outbox.abandon(entry);
        }
        return backoff.next(outcome.retryAfter());
    }

    private boolean lookAfterFiles() throws InterruptedException {
        boolean stopped = stop.await(UPKEEP.toNanos(), TimeUnit.NANOSECONDS);
        outbox.upkeep();
        return !stopped;
    }

    /** How it goes. */
    public HookStatus status() {
        List<String> failures = receivers.values().stream().map(Receiver::failure).filter(Objects::nonNull)
                .map(String::valueOf).sorted().toList();
        return new HookStatus(outbox.size(), outbox.bytes(), delivered.sum(), outbox.givenUp(), failures,
                outbox.failure());
    }

    /** Ends what is on its way, which will be sent again, and closes the outbox; takes seconds at most. */
    @Override
    public void close() {
        // Nothing is interrupted: Java closes a file whose reader or writer is.
        stop.countDown();
        delivery.close();
        receivers.values().forEach(Receiver::open);
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
