package dev.proxyherd.gateway.index;

import dev.proxyherd.geo.BoundingBox;
import dev.proxyherd.geo.SphereTree;
import dev.proxyherd.protocol.Location;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * All clients, by ID, by place and by order of change. Owns these three and the lock that keeps them in step: any number of
 * threads may search, one at a time brings in what is new. Each change is told to its {@link ChangeSignal} once it can be read.
 */
public final class ClientIndex {
    /** How often, at most, it is looked for clients that have expired; a look costs some ten nanoseconds a client. */
    static final Duration EXPIRY_PACE = Duration.ofSeconds(5);

    private final String run;
    private final Follower follower;
    private final ChangeSignal signal = new ChangeSignal();
    private final ReentrantReadWriteLock lock = new ReentrantReadWriteLock();
    private final Map<String, TrackedClient> clients = new HashMap<>();
    private final SphereTree<TrackedClient> tree = new SphereTree<>();
    private final ChangeLog changes;
    private final Predicate<String> isForgotten;
    private volatile long lastCutoff;

    /** A client and how far away it is. */
    public record Near(Location location, double metres) {
    }

    /** Is told, under the index's lock and in their order, what changes there. */
    interface Follower {
        /** Nobody follows. */
        Follower NONE = new Follower() {
            @Override
            public void added(TrackedClient client) {
                // Nobody.
            }

            @Override
            public void changed(TrackedClient client) {
                // Nobody.
            }

            @Override
            public void caughtUp(ClientIndex index) {
                // Nobody.
            }
        };

        /** A client is new; {@link #changed} follows. */
        void added(TrackedClient client);

        /** A client has another location, or, where it has none, was forgotten. */
        void changed(TrackedClient client);

        /** All that was to be brought in has been. */
        void caughtUp(ClientIndex index);
    }

    /**
     * @param run names this run of the index in cursors
     * @param maxForgotten how many forgotten clients are kept for subscribers to be told
     * @param isForgotten whether the store says that the client was forgotten; asked under the lock, so it must not wait
     */
    ClientIndex(String run, int maxForgotten, Predicate<String> isForgotten, Follower follower) {
        this.run = run;
        this.changes = new ChangeLog(maxForgotten);
        this.isForgotten = isForgotten;
        this.follower = follower;
    }

    /** What this run of the index is called in cursors. */
    public String run() {
        return run;
    }

    /** Tells subscribers how far changes have come, and when they are to end. */
    public ChangeSignal signal() {
        return signal;
    }

    /** How many clients there are. */
    int size() {
        return read(clients::size);
    }

    /**
     * Takes locations over, those that are newer than what is here. Clients that they say were forgotten are, and subscribers are told.
     *
     * @param source is asked under the lock: who then finds the source empty finds here what was in it
     */
    void takeOver(Supplier<Collection<Location>> source) {
        change(() -> source.get().forEach(this::takeOver));
    }

    private void takeOver(Location location) {
        // Read from its line once: two strings for one client would be seen on a full heap.
        String id = location.client();
        TrackedClient client = clients.get(id);
        if (client == null && (location.isGone() || isForgotten.test(id))) {
            // What was reported before it was forgotten may come after that.
            return;
        }
        if (client == null) {
            client = new TrackedClient(id);
            clients.put(id, client);
            follower.added(client);
        } else if (client.location() != null && !Location.wins(location, client.location())) {
            return;
        }
        if (location.isGone()) {
            forget(client);
            return;
        }
        client.take(location);
        tree.place(client, location.position().latitude(), location.position().longitude());
        changes.changed(client);
        follower.changed(client);
    }

    /**
     * Takes over what has changed in another index, which has judged what counts.
     *
     * @param changed that one's, under its lock, in their order
     */
    void takeOverFrom(Collection<TrackedClient> changed) {
        change(() -> changed.forEach(one -> {
            Location location = one.location();
            TrackedClient known = clients.get(one.client());
            if (location != null) {
                takeOver(location);
            } else if (known != null) {
                forget(known);
            }
        }));
    }

    /**
     * Forgets clients whose locations have expired, a look every {@link #EXPIRY_PACE} at most; subscribers are told.
     *
     * @param cutoff client times before this have expired, in POSIX nanoseconds; 0 when none ever does
     */
    void forgetBefore(long cutoff) {
        // A clock that was ahead for a while, and so the cutoff, may have been set back.
        if (Math.abs(cutoff - lastCutoff) < EXPIRY_PACE.toNanos()) {
            return;
        }
        change(() -> {
            lastCutoff = cutoff;
            clients.values().stream().filter(client -> client.isOlderThan(cutoff)).toList()
                    .forEach(this::forget);
        });
    }

    private void forget(TrackedClient client) {
        clients.remove(client.client());
        tree.remove(client);
        client.forget();
        changes.forgotten(client);
        follower.changed(client);
    }

    /** All clients as they are now, those first that have been silent for longest. */
    List<TrackedClient> inOrder() {
        return read(() -> {
            List<TrackedClient> all = new ArrayList<>(clients.size());
            changes.after(0, client -> client.location() == null || all.add(client));
            return all;
        });
    }

    /** The client of this ID; null if there is none. Under {@link #whileStill} only. */
    @Nullable
    TrackedClient known(String client) {
        return clients.get(client);
    }

    /** Does something while nothing changes here. */
    void whileStill(Runnable work) {
        lock.writeLock().lock();
        try {
            work.run();
        } finally {
            lock.writeLock().unlock();
        }
    }

    /** Whether something is being brought in at the moment. */
    boolean isChanging() {
        return lock.isWriteLocked();
    }

    private void change(Runnable work) {
        long last;
        lock.writeLock().lock();
        try {
            work.run();
            follower.caughtUp(this);
            last = changes.last();
        } finally {
            lock.writeLock().unlock();
        }
        signal.reached(last);
    }

    /** The number of the newest change; 0 when there was none. */
    public long last() {
        return read(changes::last);
    }

    /** The oldest number that {@link #news} can start from without leaving out that a client was forgotten. */
    public long horizon() {
        return read(changes::horizon);
    }

    /**
     * Where those are that have changed after a number, oldest change first; found by place where only a box is asked
     * for. Who was forgotten or has left the box is not told.
     *
     * @param box null for the whole world
     * @param newerThan POSIX seconds that the clients' times must be after; 0 for any time
     * @param limit how many clients at most
     */
    public Changes after(long number, @Nullable BoundingBox box, double newerThan, int limit) {
        return read(() -> box != null && newerThan == 0 ? search(number, box, limit)
                : walk(number, limit, client -> isIn(box, client)
                        && (newerThan == 0 || client.isNewerThan(newerThan)), client -> false));
    }

    /**
     * What has changed after a number, always along the changes: for subscribers, to whom what is new, which is little,
     * matters rather than what is there. Clients that may have left the box count as forgotten.
     *
     * @param complete the number at which the subscriber surely knew where all were; 0 for none. After a part of what
     *     there was it does not: a client of the rest may have left the box, and then moved on
     * @return null if clients were forgotten after that number of which it is not known any more who they were
     */
    public @Nullable Changes news(long number, long complete, @Nullable BoundingBox box, int limit) {
        return read(() -> number < changes.horizon() ? null : walk(number, limit, client -> isIn(box, client),
                client -> client.location() == null || (box != null && client.mayHaveBeenIn(box, complete))));
    }

    private static boolean isIn(@Nullable BoundingBox box, TrackedClient client) {
        return client.location() != null && (box == null || box.contains(client.latitude(), client.longitude()));
    }

    private Changes walk(long number, int limit, Predicate<TrackedClient> wanted, Predicate<TrackedClient> gone) {
        Changes.Builder found = new Changes.Builder(number, limit);
        changes.after(number, client -> {
            long own = changes.number(client);
            Location location = client.location();
            if (location != null && wanted.test(client)) {
                return found.add(location, own);
            }
            return gone.test(client) ? found.forget(client.client(), own) : found.skip(own);
        });
        return found.build();
    }

    private Changes search(long number, BoundingBox box, int limit) {
        Changes.Sorter found = new Changes.Sorter(number, limit);
        tree.within(box, client -> found.offer(client, changes.number(client)));
        return found.build(changes.last());
    }

    /** Where those are that have changed last, the newest first. */
    public List<Location> newest(int limit) {
        return read(() -> {
            List<Location> found = new ArrayList<>();
            changes.newest(
                    client -> client.location() == null || (found.add(client.location()) && found.size() < limit));
            return found;
        });
    }

    /** Clients nearest to a point, nearest first. */
    public List<Near> nearest(double latitude, double longitude, double radiusMetres, int limit) {
        return read(() -> {
            List<SphereTree.Found<TrackedClient>> found = tree.nearest(latitude, longitude, radiusMetres, limit);
            List<Near> near = new ArrayList<>(found.size());
            for (SphereTree.Found<TrackedClient> one : found) {
                near.add(new Near(Objects.requireNonNull(one.point().location(), "forgotten, but found"),
                        one.metres()));
            }
            return near;
        });
    }

    private <T extends @Nullable Object> T read(Supplier<T> look) {
        lock.readLock().lock();
        try {
            return look.get();
        } finally {
            lock.readLock().unlock();
        }
    }
}
