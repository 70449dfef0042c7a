package dev.proxyherd.gateway;

import dev.proxyherd.protocol.Location;
import dev.proxyherd.store.UpdateListener;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Consumer;

/**
 * What the API and its subscribers see: all clients in a tree by place and in a log by order of change.
 *
 * <p>It starts with the first request that needs it. Accepted updates then wait in {@link #pending}, one for each client, the newest,
 * which costs whoever brings them a map entry; the feed's own thread, or a request that must see them, moves them over. So neither a client nor
 * a neighbour ever waits for a request, and a subscriber that lags costs nothing but its own thread: it asks for what has
 * changed since the number it knows.
 */
final class Feed implements UpdateListener, AutoCloseable {
    /** How long updates gather before the feed's thread moves them over. */
    private static final long GATHER_MILLIS = 10;

    /** How many locations are moved over under one hold of the lock, so that requests get their turn. */
    private static final int BATCH = 4_096;

    /** How many clients that were forgotten are remembered, for subscribers to be told. */
    static final int MAX_FORGOTTEN = 100_000;

    /** How often, at most, it is looked for clients that have expired; a look costs some ten nanoseconds a client. */
    private static final long EXPIRY_MILLIS = 5_000;

    private static final Duration LOAD_LIMIT = Duration.ofSeconds(10);

    private final Known known;
    private final Consumer<UpdateListener> subscribe;
    private final ReentrantLock starting = new ReentrantLock();
    private final CountDownLatch loaded = new CountDownLatch(1);
    private final CountDownLatch closing = new CountDownLatch(1);

    private final ReentrantLock pendingLock = new ReentrantLock();
    private final Condition notEmpty = pendingLock.newCondition();
    private Map<String, Location> pending = new HashMap<>();

    private final ReentrantReadWriteLock lock = new ReentrantReadWriteLock();
    private final Map<String, Tracked> clients = new HashMap<>();
    private final SphereTree tree = new SphereTree();
    private final ChangeLog changes = new ChangeLog();
    private int forgotten;
    private long horizon;
    private volatile long lastCutoff;

    private final ReentrantLock changedLock = new ReentrantLock();
    private final Condition changed = changedLock.newCondition();
    private volatile long published;
    private volatile Thread thread;

    /** @param subscribe tells the server that this feed wants to hear of updates; called once, at the start */
    Feed(Known known, Consumer<UpdateListener> subscribe) {
        this.known = known;
        this.subscribe = subscribe;
    }

    @Override
    public void updated(Location location, String fromNeighbour) {
        pendingLock.lock();
        try {
            pending.merge(location.client(), location, Location::newest);
            if (pending.size() == 1) {
                notEmpty.signal();
            }
        } finally {
            pendingLock.unlock();
        }
    }

    /** Starts it if that has not been done, waits until all that the store held is here, and moves updates over. */
    private void catchUp() {
        if (thread == null) {
            start();
        }
        try {
            if (!loaded.await(LOAD_LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new Problem(503, "the index of clients is still being built; try again in some seconds");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Problem(503, "this server stops, or the request took too long");
        }
        takePending();
        forgetExpired();
    }

    private void start() {
        starting.lock();
        try {
            if (thread == null && closing.getCount() > 0) {
                // First subscribe, then read the store: so nothing falls between.
                subscribe.accept(this);
                thread = Thread.ofVirtual().name("feed").start(this::run);
            }
        } finally {
            starting.unlock();
        }
    }

    private void run() {
        try {
            Iterator<Location> stored = known.all();
            List<Location> batch = new ArrayList<>(BATCH);
            while (stored.hasNext() && closing.getCount() > 0) {
                for (int i = 0; i < BATCH && stored.hasNext(); i++) {
                    batch.add(stored.next());
                }
                apply(batch);
                batch.clear();
            }
            loaded.countDown();
            while (!closing.await(GATHER_MILLIS, TimeUnit.MILLISECONDS)) {
                awaitPending();
                takePending();
                forgetExpired();
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private void awaitPending() throws InterruptedException {
        pendingLock.lockInterruptibly();
        try {
            long left = TimeUnit.MILLISECONDS.toNanos(EXPIRY_MILLIS);
            while (pending.isEmpty() && left > 0) {
                left = notEmpty.awaitNanos(left);
            }
        } finally {
            pendingLock.unlock();
        }
    }

    private void takePending() {
        Map<String, Location> taken;
        lock.writeLock().lock();
        try {
            pendingLock.lock();
            try {
                if (pending.isEmpty()) {
                    return;
                }
                taken = pending;
                pending = new HashMap<>();
            } finally {
                pendingLock.unlock();
            }
            taken.values().forEach(this::apply);
        } finally {
            lock.writeLock().unlock();
        }
        publish();
    }

    private void apply(List<Location> batch) {
        lock.writeLock().lock();
        try {
            batch.forEach(this::apply);
        } finally {
            lock.writeLock().unlock();
        }
        publish();
    }

    private void apply(Location location) {
        Tracked client = clients.computeIfAbsent(location.client(), Tracked::new);
        if (client.location() != null && !Location.wins(location, client.location())) {
            return;
        }
        tree.place(client, () -> client.moveTo(location));
        changes.changed(client);
    }

    private void publish() {
        changedLock.lock();
        try {
            published = changes.last();
            changed.signalAll();
        } finally {
            changedLock.unlock();
        }
    }

    /** Forgets clients whose locations have expired, a look every five seconds at most; subscribers are told. */
    private void forgetExpired() {
        long cutoff = known.cutoffNanos();
        if (cutoff - lastCutoff < TimeUnit.MILLISECONDS.toNanos(EXPIRY_MILLIS)) {
            return;
        }
        lock.writeLock().lock();
        try {
            lastCutoff = cutoff;
            List<Tracked> expired = clients.values().stream()
                    .filter(client -> client.location().timeNanos() < cutoff).toList();
            expired.forEach(this::forget);
        } finally {
            lock.writeLock().unlock();
        }
        publish();
    }

    private void forget(Tracked client) {
        clients.remove(client.client());
        tree.remove(client);
        client.forget();
        changes.changed(client);
        forgotten++;
        if (forgotten > MAX_FORGOTTEN) {
            dropForgotten();
            horizon = changes.last();
            forgotten = 0;
        }
    }

    private void dropForgotten() {
        List<Tracked> gone = new ArrayList<>();
        changes.after(0, client -> {
            if (client.location() == null) {
                gone.add(client);
            }
            return true;
        });
        gone.forEach(changes::drop);
    }

    /** The number of the newest change. */
    long last() {
        catchUp();
        return published;
    }

    /** The oldest number that {@link #after} can start from without leaving out that a client was forgotten. */
    long horizon() {
        lock.readLock().lock();
        try {
            return horizon;
        } finally {
            lock.readLock().unlock();
        }
    }

    /**
     * What has changed after a number, oldest change first.
     *
     * @param box null for the whole world
     * @param limit how many clients at most
     */
    Changes after(long number, BoundingBox box, double newerThan, int limit) {
        catchUp();
        return box == null || newerThan > 0 ? walk(number, box, newerThan, limit) : search(number, box, limit);
    }

    /** As {@link #after}, for subscribers: walks what is new, which is little, rather than what is there. */
    Changes fresh(long number, BoundingBox box, int limit) {
        return walk(number, box, 0, limit);
    }

    private Changes walk(long number, BoundingBox box, double newerThan, int limit) {
        Changes.Builder found = new Changes.Builder(number, limit);
        lock.readLock().lock();
        try {
            changes.after(number, client -> {
                Location location = client.location();
                if (location != null && (box != null && !box.contains(client.latitude(), client.longitude())
                        || location.timeNanos() <= newerThan * 1e9 && newerThan > 0)) {
                    found.skip(changes.number(client));
                    return true;
                }
                return found.add(client, changes.number(client));
            });
        } finally {
            lock.readLock().unlock();
        }
        return found.build();
    }

    private Changes search(long number, BoundingBox box, int limit) {
        Changes.Sorter found = new Changes.Sorter(number, limit);
        lock.readLock().lock();
        try {
            tree.within(box, client -> found.offer(client, changes.number(client)));
            return found.build(changes.last());
        } finally {
            lock.readLock().unlock();
        }
    }

    /** Clients nearest to a point, nearest first. */
    List<Near> nearest(double latitude, double longitude, double radiusMetres, int limit) {
        catchUp();
        lock.readLock().lock();
        try {
            return tree.nearest(Sphere.x(latitude, longitude), Sphere.y(latitude, longitude), Sphere.z(latitude),
                            Sphere.squaredChord(radiusMetres + 0.001), limit).stream()
                    .map(found -> new Near(found.point().location(), Sphere.metres(found.squaredChord())))
                    .toList();
        } finally {
            lock.readLock().unlock();
        }
    }

    /** A client and how far away it is. */
    record Near(Location location, double metres) {
    }

    /** Waits until something has changed after a number, or the time is up; false when the gateway closes. */
    boolean awaitAfter(long number, Duration limit) throws InterruptedException {
        long left = limit.toNanos();
        changedLock.lockInterruptibly();
        try {
            while (published <= number && left > 0 && closing.getCount() > 0) {
                left = changed.awaitNanos(left);
            }
        } finally {
            changedLock.unlock();
        }
        return closing.getCount() > 0;
    }

    /** Waits a while; false at once when the gateway closes. */
    boolean pause(Duration time) throws InterruptedException {
        return !closing.await(time.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public void close() {
        closing.countDown();
        starting.lock();
        try {
            if (thread != null) {
                thread.interrupt();
            }
        } finally {
            starting.unlock();
        }
        publish();
    }
}
